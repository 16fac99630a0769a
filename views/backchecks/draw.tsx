import type { Repeated } from '#app/backchecks/frame.ts'
import type { Round } from '#app/backchecks/rounds.ts'
import { methodWords } from '#views/backchecks/words.ts'
import { Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stack } from '#views/ui/page.tsx'

export const DrawPage = ({ round, repeated, drawnBy, mayDownload }: { round: Round, repeated: Repeated, drawnBy: string, mayDownload: boolean }) => {
  const isSame = repeated.sameMethod && repeated.sameFrame && repeated.sameVisits && repeated.sameProbabilities
  return (
    <Stack>
      <PageHead title="Periksa undian" trail={[{ href: '/backchecks', label: 'Kunjungan ulang' }, { href: `/backchecks/${round.id}`, label: round.title }]} lead="Undian diulang dari daftar dan benih yang disimpan, setiap kali halaman ini dibuka." />
      {isSame
        ? <Notice tone="good" title="Hasilnya sama"><p>{formatNumber(repeated.drawn)} kunjungan yang sama terundi lagi dari {formatNumber(repeated.visits)} kunjungan, dengan peluang yang sama.</p></Notice>
        : (
          <Notice tone="bad" title="Hasilnya tidak sama">
            <ul>
              {!repeated.sameMethod && <li>Cara mengundi program ini sudah berbeda dari yang dipakai waktu itu ({round.method}).</li>}
              {!repeated.sameFrame && <li>Daftar kunjungan tidak sama dengan sidik yang disimpan.</li>}
              {!repeated.sameProbabilities && <li>Peluang yang disimpan tidak sama dengan yang dihitung ulang.</li>}
              {!repeated.sameVisits && <li>Kunjungan yang terundi tidak sama.</li>}
            </ul>
            <p>Laporkan kepada admin sistem dan auditor.</p>
          </Notice>
        )}
      <Card title="Catatan undian" actions={mayDownload && <LinkButton href={`/backchecks/${round.id}/frame.csv`} download>Unduh daftar dan peluang (CSV)</LinkButton>}>
        <Facts items={[
          { label: 'Diundi oleh', value: `${drawnBy}, ${formatDateTime(round.drawnAt)}` }, { label: 'Cara', value: methodWords(round.riskShare) },
          { label: 'Benih', value: <span class="hash">{round.seed}</span>, wide: true }, { label: 'Sidik daftar (SHA-256)', value: <span class="hash">{round.frameHash}</span>, wide: true },
        ]} />
        <p>Kunjungan dikelompokkan menurut petugas. Tiap petugas mendapat paling sedikit satu; sisanya dibagi menurut banyaknya kunjungan dan tanda. Dalam satu petugas, kunjungan diurutkan menurut SHA-256 dari <code>benih:urutan:nomor kunjungan</code>,
          dijajarkan sepanjang peluangnya masing-masing, lalu diambil tiap satu langkah mulai dari SHA-256 <code>benih:mulai:petugas</code> (undian sistematis dengan peluang tidak sama, Madow 1949). Siapa pun yang punya daftar dan benihnya bisa mengulanginya.</p>
      </Card>
    </Stack>
  )
}
