import { missingInWords, type MissingNumber } from '#app/questionnaire/missing-numbers.ts'
import { Notice } from '#views/ui/badge.tsx'
import { formatDate } from '#views/ui/format.ts'

export type Wait = { since: string, missing: MissingNumber[] }

// Where a household is shown that waits, whoever reads it sees why and what to do.
export const WaitNotice = ({ wait, href }: { wait?: Wait, href?: string }) => wait ? (
  <Notice tone="warn" title={`Menunggu Dukcapil sejak ${formatDate(wait.since)}`}>
    <p>Sudah diperiksa dan disetujui; masuk berkas pengesahan begitu nomornya ada.</p>
    <ul>{wait.missing.map((one) => <li>{missingInWords(one)}</li>)}</ul>
    <p>{href ? <a href={href}>Isi nomor yang sudah terbit</a> : 'Bantu keluarga ini mengurusnya di Dukcapil; operator desa atau Dinsos mengisi nomornya.'}</p>
  </Notice>
) : null
