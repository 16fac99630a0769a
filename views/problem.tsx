import { fieldId } from '#views/ui/field.tsx'

type Shown = { message: string, fields?: Record<string, string>, status?: number }
type PanelProps = { problem: Shown, labels?: Record<string, string>, alone?: boolean }

// The list of what to mend; each line leads to its field. htmx shows it in #pesan above the page (see layout.tsx). alone: no form stands below.
export const ProblemPanel = ({ problem, labels = {}, alone = false }: PanelProps) => {
  const mistakes = Object.entries(problem.fields ?? {})
  return (
    <div class="notice bad problem" id="problem" role="alert" tabindex={-1}>
      <p class="notice-title">{problem.message}</p>
      {mistakes.length > 0 && (
        <ul>
          {mistakes.map(([name, mistake]) => (
            <li><a href={`#${fieldId(name)}`}>{labels[name] ? `${labels[name]}: ${mistake}` : mistake}</a></li>
          ))}
        </ul>
      )}
      {problem.status === 401 && !alone && <p><a href="/session" target="_blank" rel="noopener">Masuk di tab baru</a>, lalu kembali ke isian Anda dan kirim lagi.</p>}
    </div>
  )
}

const TITLES: Record<number, string> = {
  401: 'Silakan masuk lagi', 403: 'Tidak berwenang', 404: 'Tidak ditemukan', 409: 'Keadaan sudah berubah',
  413: 'Berkas terlalu besar', 415: 'Jenis berkas tidak diterima', 422: 'Ada isian yang perlu diperbaiki',
  429: 'Terlalu banyak percobaan', 500: 'Kesalahan sistem', 503: 'Sedang tidak dapat dibuka', 507: 'Penyimpanan penuh',
}

export const ProblemPage = ({ problem, labels, backHref = '/' }: PanelProps & { backHref?: string }) => (
  <div class="narrow">
    <h1>{TITLES[problem.status ?? 0] ?? 'Permintaan tidak dapat diproses'}</h1>
    <ProblemPanel problem={problem} labels={labels} alone />
    {problem.status === 401 && <p>Yang baru Anda kirim belum tersimpan. <a href="/session" target="_blank" rel="noopener">Masuk di tab baru</a>, lalu kembali ke tab ini dan muat ulang: kiriman Anda dikirim sekali lagi.</p>}
    {problem.status === 422 && <p>Kembali ke halaman sebelumnya untuk memperbaiki isian.</p>}
    <p><a class="button secondary" href={backHref} data-back>Kembali</a></p>
  </div>
)
