import { fieldId } from '#views/ui/field.tsx'

type Shown = { message: string, fields?: Record<string, string>, status?: number }
type PanelProps = { problem: Shown, labels?: Record<string, string>, alone?: boolean }

// The list of what to mend; each line leads to its field. htmx shows it in #pesan above the page (see layout.tsx). alone: no form
// stands below, the fields are on the page one came from. Two fields that ask for one thing are one line.
export const ProblemPanel = ({ problem, labels = {}, alone = false, formHref = '' }: PanelProps & { formHref?: string }) => {
  const said = Object.entries(problem.fields ?? {}).map(([name, mistake]) => ({ name, words: saying(labels[name], mistake) }))
  const mistakes = said.filter(({ words }, i) => said.findIndex((other) => other.words === words) === i)
  return (
    <div class="notice bad problem" id="problem" role="alert" tabindex={-1}>
      <p class="notice-title">{problem.message}</p>
      {mistakes.length > 0 && (
        <ul>
          {mistakes.map(({ name, words }) => <li><a href={`${formHref}#${fieldId(name)}`}>{words}</a></li>)}
        </ul>
      )}
      {problem.status === 401 && !alone && <p><a href="/session" target="_blank" rel="noopener">Masuk di tab baru</a>, lalu kembali ke isian Anda dan kirim lagi.</p>}
    </div>
  )
}

const saying = (label: string | undefined, mistake: string) => !label || mistake.includes(label) ? mistake : `${label}: ${mistake}`

const TITLES: Record<number, string> = {
  401: 'Silakan masuk lagi', 403: 'Tidak berwenang', 404: 'Tidak ditemukan', 409: 'Keadaan sudah berubah',
  413: 'Berkas terlalu besar', 415: 'Jenis berkas tidak diterima', 422: 'Ada isian yang perlu diperbaiki',
  429: 'Terlalu banyak percobaan', 500: 'Kesalahan sistem', 503: 'Sedang tidak dapat dibuka', 507: 'Penyimpanan penuh',
}

export const ProblemPage = ({ problem, labels, backHref = '/' }: PanelProps & { backHref?: string }) => (
  <div class="narrow">
    <h1>{TITLES[problem.status ?? 0] ?? 'Permintaan tidak dapat diproses'}</h1>
    <ProblemPanel problem={problem} labels={labels} alone formHref={backHref.replace(/#.*/, '')} />
    {problem.status === 401 && <p>Yang baru Anda kirim belum tersimpan. <a href="/session" target="_blank" rel="noopener">Masuk di tab baru</a>, lalu kembali ke tab ini dan muat ulang: kiriman Anda dikirim sekali lagi.</p>}
    {problem.status === 422 && <p>Belum ada yang tersimpan. Pilih salah satu baris di atas, atau Kembali, untuk memperbaiki isiannya.</p>}
    <p><a class="button secondary" href={backHref} data-back>Kembali</a></p>
  </div>
)
