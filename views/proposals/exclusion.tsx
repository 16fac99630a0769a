import type { ProposalCase } from '#app/proposals/case.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { outcomeLabel } from '#views/households/labels.ts'
import { newHref } from '#views/proposals/links.ts'
import { Notice } from '#views/ui/badge.tsx'
import { Button, Confirm } from '#views/ui/button.tsx'
import { HiddenField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDateTime } from '#views/ui/format.ts'
import { Card, Facts } from '#views/ui/page.tsx'
import { Photo, PhotoGrid } from '#views/ui/photo.tsx'

type Props = { found: ProposalCase, formKey: string }

// The visit a usulan nonaktif was written after: what proves it, and which other household was meant.
export const VisitBehind = ({ found: { evidence, proposal } }: Pick<Props, 'found'>) => evidence && (
  <Card title="Kunjungan yang mendasari">
    <Facts compact items={[
      { label: 'Hasil kunjungan', value: outcomeLabel(evidence.outcome) },
      { label: 'Petugas', value: `${evidence.officer ?? '–'}, ${formatDateTime(evidence.submittedAt, zoneOf(proposal.regionCode))}` },
      ...(evidence.point ? [{ label: 'Koordinat', value: `${evidence.point.latitude}, ${evidence.point.longitude} (±${evidence.point.accuracyM} m)` }] : []),
      ...(evidence.other ? [{ label: 'Rumah tangga yang dimaksud', value: evidence.other.mine ? <a href={`/households/${evidence.other.id}`}>{evidence.other.headName}</a> : evidence.other.headName }] : []),
    ]} />
    {evidence.photos.length > 0
      ? <PhotoGrid>{PHOTO_KINDS.filter(({ code }) => evidence.photos.includes(code)).map(({ code, label }) => <Photo src={`/files/visits/${evidence.visitId}/${code}`} alt={label} caption={label} />)}</PhotoGrid>
      : <p class="hint">Tidak ada foto.</p>}
  </Card>
)

const REFUSING = 'Menolak usulan ini berarti rumah tangganya ditemukan kembali: penahanannya berakhir dan petugas mengunjunginya lagi.'

// What hangs on it, for everybody who looks; and what its desa can say besides confirming it.
export const HeldNotice = ({ found: { isHeld, turn, proposal, evidence } }: Pick<Props, 'found'>) => isHeld ? (
  <Notice tone="warn" title="Rumah tangga ini ditahan sampai usulan ini diputuskan">
    <p>Tidak masuk daftar salur dan hasil kelayakan yang baru; yang sudah dijanjikan tetap. {turn && REFUSING}</p>
    {evidence?.outcome === 4 && proposal.householdId && (
      <p>Bila anggotanya belum tercatat di rumah tangga tempat mereka bergabung, <a href={newHref('family_merge', { household: proposal.householdId, pick: '1' })}>ajukan gabung rumah tangga</a>; usulan ini berakhir sendiri sesudahnya.</p>
    )}
  </Notice>
) : null

export const Found = ({ found: { proposal }, formKey }: Props) => (
  <Confirm label="Ditemukan kembali" tone="secondary" small>
    <Form action={`/proposals/${proposal.id}/found`}>
      <HiddenField name="key" value={formKey} />
      <p>Usulan nonaktif ditolak, penahanannya berakhir, dan rumah tangga ini kembali ke prelist desa untuk dikunjungi lagi.</p>
      <TextArea name="note" id="f-found-note" label="Ditemukan di mana, oleh siapa" required rows={2} maxlength={1000} />
      <Button>Ya, ditemukan kembali</Button>
    </Form>
  </Confirm>
)
