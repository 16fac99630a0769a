import type { SubjectFile } from '#app/protection/subject-file.ts'
import { ROLE_WORDS } from '#app/users/permissions.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { PURPOSE_WORDS } from '#views/certificates/words.ts'
import { actionWords } from '#app/audit/words.ts'
import { OUTCOME_LABELS } from '#views/matching/labels.ts'
import { KINDS, STATUSES } from '#views/proposals/labels.ts'
import { CASES_TRAIL } from '#views/protection/words.ts'
import { PrintButton } from '#views/ui/button.tsx'
import { Letterhead, Sheet, Signatures } from '#views/ui/document.tsx'
import { formatCoordinate, formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Facts, PageHead } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import type { Child } from '#views/ui/types.ts'

// What the register holds of a person, on paper for that person (art. 7): no code that they could not read.
export const FilePaper = ({ file, officer }: { file: SubjectFile, officer: string }) => (
  <div class="stack">
    <div class="screen-only">
      <PageHead title="Salinan data pribadi" trail={[...CASES_TRAIL, { href: `/protection/cases/${file.case.id}`, label: `Permohonan ${file.case.number}` }]} actions={<PrintButton>Cetak</PrintButton>}
        lead="Serahkan hanya kepada pemohon. Cetakan ini memuat NIK utuh; jangan ditinggalkan di meja." />
    </div>
    <Sheet>
      <Letterhead title="Salinan data pribadi" number={`permohonan ${file.case.number}`} lines={['Sistem Informasi Kesejahteraan Sosial', file.places.join(', ')]} />
      <Facts compact items={[{ label: 'Tentang', value: file.person }, { label: 'Dibuat', value: `${formatDateTime(file.madeAt)} oleh ${officer}` }, { label: 'ID prelist', value: file.prelistId }, { label: 'Keadaan', value: `${STAGE_WORDS[file.stage]}, versi ${file.version}` }]} />
      <p>Dasar: UU 27/2022 pasal 7. Isian rumah tangga dimuat utuh; dari {formatNumber(file.others)} anggota lain tidak dimuat apa pun.</p>
      {file.blocks.map(({ title, groups }) => groups.length > 0 && <><h2>{title}</h2>{groups.map(({ rows }) => <Facts compact items={rows.map(({ label, answer }) => ({ label, value: answer }))} />)}</>)}
      <List title="Kunjungan" rows={file.visits} columns={['Dimulai', 'Dikirim', 'Petugas', 'Lokasi', 'Foto']} cells={(one) => [formatDateTime(one.openedAt), formatDateTime(one.submittedAt), one.officer, one.latitude !== null && one.longitude !== null ? formatCoordinate(one.latitude, one.longitude) : '', one.photos]} />
      <List title="Program bantuan" rows={file.programmes} columns={['Program', 'Keadaan', 'Sejak', 'Sampai', 'Kali dibayar']} cells={(one) => [one.programme, one.state, formatDate(one.startedOn), formatDate(one.endedOn), formatNumber(one.payments)]} />
      <List title="Pemadanan dengan Dukcapil" rows={file.matched} columns={['Tanggal', 'Hasil']} cells={(one) => [formatDateTime(one.at), OUTCOME_LABELS[one.outcome].label]} />
      <List title="Usulan" rows={file.proposed} columns={['Tanggal', 'Usulan', 'Keadaan']} cells={(one) => [formatDateTime(one.at), KINDS[one.kind].label, STATUSES[one.status].label]} />
      <List title="Versi data" rows={file.versions} columns={['Versi', 'Tanggal', 'Oleh']} cells={(one) => [String(one.version), formatDateTime(one.at), one.by ?? 'Sistem']} />
      <List title="Perjalanan data" rows={file.moves} columns={['Tanggal', 'Keadaan', 'Oleh']} cells={(one) => [formatDateTime(one.at), STAGE_WORDS[one.to], one.by ?? 'Sistem']} />
      <List title="Potret penetapan" rows={file.snapshots} columns={['Periode', 'Tanggal']} cells={(one) => [one.name, formatDateTime(one.at)]} />
      <List title="Surat keterangan yang dibuat" rows={file.letters} columns={['Nomor', 'Keperluan', 'Tanggal', 'Berlaku sampai']} cells={(one) => [one.number, PURPOSE_WORDS[one.purpose], formatDate(one.at), one.revoked ? 'Dicabut' : formatDate(one.until)]} />
      <List title="Berkas yang keluar dan mencakup wilayah ini" rows={file.exports} columns={['Nomor', 'Daftar', 'Penerima', 'Tujuan', 'Tanggal']} cells={(one) => [one.number, one.title, one.recipient, one.purpose, formatDate(one.at)]} />
      <List title="Siapa yang membuka data ini" rows={file.readers} columns={['Waktu', 'Tindakan', 'Oleh', 'Peran']} cells={(one) => [formatDateTime(one.at), actionWords(one.action), one.name ?? 'Sistem', one.role ? ROLE_WORDS[one.role] : '']} />
      <Signatures items={[{ role: 'Yang menyerahkan', name: officer }, { role: 'Yang menerima', name: file.case.asker }]} />
    </Sheet>
  </div>
)

type ListProps<T> = { title: string, rows: T[], columns: string[], cells: (row: T) => Child[] }

const List = <T,>({ title, rows, columns, cells }: ListProps<T>) => (
  <>
    <h2>{title}</h2>
    {rows.length === 0 ? <p>Tidak ada.</p> : (
      <Table caption={title} hideCaption dense columns={columns}>
        {rows.map((row) => <Row>{cells(row).map((cell, i) => <Cell label={columns[i]!} lead={i === 0}>{cell}</Cell>)}</Row>)}
      </Table>
    )}
  </>
)
