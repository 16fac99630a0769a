import type { PkhFamily, PkhMember } from '#app/pkh/members.ts'
import { COMPONENT_LABELS, WHY_LABELS } from '#views/pkh/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatNumber, formatRupiah } from '#views/ui/format.ts'
import { Cell, Row, Table } from '#views/ui/table.tsx'

const PAYMENTS: Record<number, string> = { 12: 'sebulan', 4: 'setiap triwulan', 1: 'sekali setahun' }

// Every member with his component, or the reason why he does not count; the table is the picture of the benefit.
export const FamilyTable = ({ family, numbered }: { family: PkhFamily, numbered?: boolean }) => (
  <>
    <Table caption="Anggota, komponen, dan bantuan setahun" hideCaption columns={['Anggota', 'Umur', 'Komponen', { label: 'Setahun', align: 'right' }, ...(numbered ? ['No. ART PKH'] : [])]}>
      {family.members.map((member) => <MemberRow member={member} numbered={numbered} />)}
    </Table>
    <p><strong>{formatRupiah(family.perYear)} setahun</strong>, {formatRupiah(family.perPayment)} {PAYMENTS[family.paymentsPerYear] ?? `tiap pembayaran (${formatNumber(family.paymentsPerYear)} kali setahun)`}.</p>
    <p class="hint">Paling banyak {formatNumber(family.mostMembers)} anggota dihitung, mulai dari komponen dengan bantuan tertinggi. Bila sama, anggota dengan nomor urut lebih kecil didahulukan.</p>
  </>
)

const MemberRow = ({ member, numbered }: { member: PkhMember, numbered?: boolean }) => (
  <Row>
    <Cell label="Anggota" lead>{member.seq}. {member.name}</Cell>
    <Cell label="Umur">{member.age === null ? '–' : `${member.age} tahun`}</Cell>
    <Cell label="Komponen">
      {member.component
        ? <Badge tone="good">{COMPONENT_LABELS[member.component]}</Badge>
        : <span>{member.components.length > 0 && `${member.components.map((one) => COMPONENT_LABELS[one]).join(', ')}: `}<small class="hint">{WHY_LABELS[member.why]}</small></span>}
    </Cell>
    <Cell label="Setahun" align="right">{member.component ? formatRupiah(member.amount) : '–'}</Cell>
    {numbered && <Cell label="No. ART PKH">{member.number ?? '–'}</Cell>}
  </Row>
)
