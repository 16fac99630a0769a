import type { Explained, Explanation } from '#app/eligibility/explaining.ts'
import { RULE_LABELS, sayCheck } from '#views/eligibility/labels.ts'
import { FamilyTable } from '#views/pkh/family.tsx'
import { PHASES } from '#views/programmes/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { formatDate, formatNumber, formatRupiah } from '#views/ui/format.ts'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export const ExplainPage = ({ explanation: { subject, places, today, living, programmes, pkh } }: { explanation: Explanation }) => (
  <Stack>
    <PageHead title={`Kelayakan keluarga ${subject.name}`} trail={[{ href: `/households/${subject.householdId}`, label: 'Rumah tangga' }]}
      lead={`${[subject.address, ...places].filter(Boolean).join(', ')}. Dihitung dengan aturan yang berlaku ${formatDate(today)}.`} />
    {!living && <Notice tone="warn"><p>Rumah tangga ini nonaktif atau ditarik, jadi tidak memenuhi aturan program mana pun.</p></Notice>}
    {programmes.map((one) => <ProgrammeCard explained={one} />)}
    <Card title="Komponen PKH">{pkh.found ? <FamilyTable family={pkh} /> : <p class="hint">Tidak ada anggota keluarga ini di registri.</p>}</Card>
  </Stack>
)

const ProgrammeCard = ({ explained: { programme, name, unit, eligible, checks, perYear, standing, rooms } }: { explained: Explained }) => (
  <Card title={name} actions={<Badge tone={eligible ? 'good' : 'bad'}>{eligible ? 'Memenuhi aturan' : 'Tidak memenuhi aturan'}</Badge>}>
    <Table caption={`Aturan ${name}`} hideCaption dense columns={['Aturan', 'Keluarga ini', 'Hasil']}>
      {checks.map((check) => (
        <Row>
          <Cell label="Aturan" lead>{RULE_LABELS[check.rule]}</Cell>
          <Cell label="Keluarga ini">{sayCheck(check, unit)}</Cell>
          <Cell label="Hasil"><Badge tone={check.passed ? 'good' : 'bad'}>{check.passed ? 'Terpenuhi' : 'Tidak'}</Badge></Cell>
        </Row>
      ))}
      {rooms.map((room) => (
        <Row>
          <Cell label="Aturan" lead>Kuota {room.name}</Cell>
          <Cell label="Keluarga ini">{formatNumber(room.used)} dari {formatNumber(room.quota)} tempat terisi atau sedang diproses.</Cell>
          <Cell label="Hasil"><Badge tone={room.used < room.quota ? 'good' : 'warn'}>{room.used < room.quota ? 'Ada tempat' : 'Penuh'}</Badge></Cell>
        </Row>
      ))}
    </Table>
    {eligible && <p>Nilai bantuan {formatRupiah(perYear)} setahun{unit === 'person' ? ' setiap orang' : ''}.</p>}
    {standing.length === 0 ? <p class="hint">Belum tercatat dalam program ini.</p> : (
      <ul class="bulleted">{standing.map(({ id, name: who, phase }) => <li><a href={`/programmes/${programme}/recipients/${id}`}>{who}</a>: <Badge tone={PHASES[phase].tone}>{PHASES[phase].label}</Badge></li>)}</ul>
    )}
  </Card>
)
