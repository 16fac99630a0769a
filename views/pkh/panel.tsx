import type { Commitment } from '#app/pkh/commitments.ts'
import type { PkhFamily } from '#app/pkh/members.ts'
import { FamilyTable } from '#views/pkh/family.tsx'
import { COMPONENT_LABELS } from '#views/pkh/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, LinkButton } from '#views/ui/button.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { id: string, family: PkhFamily, standing: boolean, verified: (Commitment & { period: string })[], mayVerify: boolean, mayNumber: boolean }

export const PkhPanel = ({ id, family, standing, verified, mayVerify, mayNumber }: Props) => (
  <>
    <Card title="Komponen dan bantuan" id="komponen">
      {family.found ? <FamilyTable family={family} numbered /> : <p class="hint">Keluarga ini tidak ditemukan di registri, jadi komponen dan bantuannya tidak dapat dihitung.</p>}
      {standing && family.found && family.members.every(({ components }) => components.length === 0) && (
        <Notice tone="warn" title="Tidak ada komponen lagi"><p>Bila datanya benar, usulkan graduasi alamiah. Bila keliru, perbaiki dahulu anggotanya di registri.</p></Notice>
      )}
      {mayNumber && family.found && <ActionBar><LinkButton href={`/pkh/recipients/${id}/numbers`}>Isi No. ART PKH</LinkButton></ActionBar>}
    </Card>
    {(mayVerify || verified.length > 0) && (
      <Card title="Komitmen" id="komitmen">
        {verified.length === 0 ? <p class="hint">Kehadiran anggota belum pernah dicatat.</p> : <Verified rows={verified} />}
        {mayVerify && <ActionBar><LinkButton href={`/pkh/recipients/${id}/commitments`}>Catat kehadiran</LinkButton></ActionBar>}
      </Card>
    )}
  </>
)

const Verified = ({ rows }: { rows: Props['verified'] }) => (
  <Table caption="Kehadiran yang tercatat, yang terbaru di atas" hideCaption columns={['Anggota', 'Periode', 'Komponen', { label: 'Hadir', align: 'right' }, 'Hasil']}>
    {rows.map(({ name, period, component, due, attended, share, met, note }) => (
      <Row>
        <Cell label="Anggota" lead>{name}</Cell>
        <Cell label="Periode">{period}</Cell>
        <Cell label="Komponen">{COMPONENT_LABELS[component as keyof typeof COMPONENT_LABELS] ?? component}</Cell>
        <Cell label="Hadir" align="right">{formatNumber(attended)} dari {formatNumber(due)} ({Math.floor(attended * 100 / due)}%)</Cell>
        <Cell label="Hasil"><span><Badge tone={met ? 'good' : 'bad'}>{met ? 'Terpenuhi' : `Kurang dari ${share}%`}</Badge>{note && <><br /><small class="hint">{note}</small></>}</span></Cell>
      </Row>
    ))}
  </Table>
)
