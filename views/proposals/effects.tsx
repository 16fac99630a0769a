import type { ProposalCase } from '#app/proposals/case.ts'
import { DiffTable } from '#views/ui/diff.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

// What the change does, before and after, for each household it touches.
export const Effects = ({ found }: { found: ProposalCase }) => (
  <>
    {found.moved.map(({ householdId, from, to }) => <Card title="Pindah wilayah"><p>{headOf(found, householdId)}: dari <strong>{from}</strong> ke <strong>{to}</strong>.</p></Card>)}
    {found.deactivated.map(({ householdId }) => (
      <Card title="Menjadi nonaktif"><p>{headOf(found, householdId)} keluar dari data yang hidup dengan alasan: <strong>{found.reason}</strong>. Isi dan riwayatnya tetap tersimpan, dan dapat diaktifkan kembali.</p></Card>
    ))}
    {found.reactivated.map(({ householdId }) => <Card title="Menjadi aktif kembali"><p>{headOf(found, householdId)} kembali ke data yang hidup dengan isi terakhirnya.</p></Card>)}
    {found.people.map(({ headName, members }) => (
      <Card title={`Anggota rumah tangga ${headName}`}>
        <Table caption={`Anggota rumah tangga ${headName}`} hideCaption dense columns={['Nama', 'NIK', 'Jenis kelamin', 'Tanggal lahir']}>
          {members.map(({ name, nik, sex, birthDate }) => (
            <Row>
              <Cell label="Nama" lead>{name}</Cell><Cell label="NIK">{nik || '–'}</Cell>
              <Cell label="Jenis kelamin">{sex === 1 ? 'Laki-laki' : sex === 2 ? 'Perempuan' : '–'}</Cell><Cell label="Tanggal lahir">{birthDate ? formatDate(birthDate) : '–'}</Cell>
            </Row>
          ))}
        </Table>
      </Card>
    ))}
    {found.effects.map(({ headName, isNew, rows }) => (
      <Card title={isNew ? `Rumah tangga baru: ${headName}` : `Sebelum dan sesudah: ${headName}`}>
        {rows.length === 0
          ? <p class="hint">Tidak ada isian yang berubah.</p>
          : <Stack>{[...new Set(rows.map(({ section }) => section))].map((section) => <DiffTable caption={section} rows={rows.filter((row) => row.section === section)} />)}</Stack>}
      </Card>
    ))}
    <Veiled found={found} />
  </>
)

const Veiled = ({ found: { veiled } }: { found: ProposalCase }) => veiled.length === 0 ? null : (
  <Card title="Rumah tangga di desa lain">
    {veiled.map(({ headName, village }) => <p>Rumah tangga {headName} di {village} ikut berubah. Isinya hanya dilihat dan diperiksa desanya.</p>)}
  </Card>
)

const headOf = ({ households, proposal }: ProposalCase, householdId: string) => households.find(({ id }) => id === householdId)?.headName ?? proposal.headName
