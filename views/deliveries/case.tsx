import type { HeldCase } from '#app/deliveries/case.ts'
import { Choosing } from '#views/deliveries/choosing.tsx'
import { heldFor } from '#app/deliveries/held-words.ts'
import { nowWords, reasonOf } from '#views/deliveries/words.ts'
import { PHOTOS } from '#views/reviews/photos.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, Keys } from '#views/ui/button.tsx'
import { DiffTable } from '#views/ui/diff.tsx'
import { HiddenField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDateTime } from '#views/ui/format.ts'
import { Card, Facts, PageHead } from '#views/ui/page.tsx'
import { Photo, PhotoGrid } from '#views/ui/photo.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import { STAGE_WORDS } from '#app/households/stages.ts'

type Props = { found: HeldCase }

const addressOf = ({ delivery: { id } }: HeldCase) => `/deliveries/${id}/settlement`

export const HeldCasePage = ({ found, formKey }: Props & { formKey: string }) => (
  <Keys>
    <div class="stack">
      <PageHead title={found.headName} trail={[{ href: '/deliveries', label: 'Kiriman ditahan' }]}
        badge={<Badge tone="warn">{found.refusal === 'settled' ? 'Sudah diselesaikan' : heldFor(found.delivery.reason)}</Badge>}
        lead={`${found.household ? `${[found.household.address, found.household.village].filter(Boolean).join(', ')} · ` : ''}dikirim ${found.delivery.officerName}, tiba ${formatDateTime(found.delivery.receivedAt)}`} />
      <Why found={found} />
      <Form action={addressOf(found)} hx-post={addressOf(found)} hx-swap="none" hx-sync="this:drop">
        <HiddenField name="key" value={formKey} />
        <HiddenField name="seen" value={found.seen} />
        <div class="case-columns">
          <div class="stack">
            {found.way === 'choose' ? <Choosing found={found} /> : <Differences found={found} />}
            {!found.refusal && <Deciding found={found} />}
          </div>
          <div class="stack">
            <Delivered found={found} />
            <Pictures title="Foto dari kiriman" photos={found.photos} address={`/files/deliveries/${found.delivery.id}`} />
            {found.first && found.firstPhotos.length > 0 && <Pictures title="Foto yang tersimpan" photos={found.firstPhotos} address={`/files/visits/${found.first.id}`} />}
            <AllAnswers found={found} />
          </div>
        </div>
      </Form>
    </div>
  </Keys>
)

const Why = ({ found }: Props) => {
  const { delivery, refusal } = found
  if (refusal === 'settled') return <Settled found={found} />
  const { what, todo } = reasonOf(delivery.reason)
  const later = nowWords(found)
  const fields = delivery.reason === 'incomplete' ? Object.values(delivery.problem?.fields ?? {}) : []
  return (
    <Notice tone="warn" title={what}>
      {fields.length > 0 && <ul>{fields.map((message) => <li>{message}</li>)}</ul>}
      {later && <p>{later}</p>}
      <p>{refusal === 'own' ? 'Ini kiriman Anda sendiri. Orang lain yang harus memutuskan.' : todo}</p>
    </Notice>
  )
}

const Settled = ({ found: { delivery } }: Props) => (
  <Notice tone="info" title={`${delivery.status === 'closed' ? 'Ditutup tanpa dipakai' : 'Digabung'}${delivery.settledByName ? ` oleh ${delivery.settledByName}` : ''}, ${formatDateTime(delivery.settledAt)}`}>
    <p>{delivery.settleNote}</p>
  </Notice>
)

const Delivered = ({ found: { delivery, madeAt, household, first } }: Props) => (
  <Card title="Kiriman dan rumah tangga">
    <Facts compact items={[
      { label: 'Petugas pengirim', value: delivery.officerName },
      { label: 'Dibuat menurut HP', value: formatDateTime(madeAt) },
      { label: 'Tiba di server', value: formatDateTime(delivery.receivedAt) },
      { label: 'Nomor di HP', value: String(delivery.sequence) },
      { label: 'Tahap rumah tangga sekarang', value: household ? STAGE_WORDS[household.stage] : 'Tidak dikenal' },
      { label: 'Petugas sekarang', value: household?.officerName ?? 'Belum ada' },
      ...(first ? [{ label: 'Kunjungan yang tersimpan', value: <a href={`/reviews/${first.id}`}>{first.officerName}, {formatDateTime(first.submittedAt)}</a> }] : []),
    ]} />
  </Card>
)

const Differences = ({ found: { changes, stands } }: Props) => stands === null ? null : (
  <Card title={stands === 'visit' ? 'Beda dengan kunjungan yang tersimpan' : 'Perubahan terhadap data induk'}>
    {changes.length === 0
      ? <p class="hint">Tidak ada jawaban yang berbeda.</p>
      : <DiffTable caption={`${changes.length} isian berbeda`} beforeLabel={stands === 'visit' ? 'Yang tersimpan' : 'Data induk'} afterLabel="Dari kiriman" rows={changes} />}
  </Card>
)

const USE: Record<string, string> = { reassigned: 'Gunakan kiriman ini', incomplete: 'Coba terima lagi' }

// One note for either decision; the officer reads it on the phone.
const Deciding = ({ found: { way, delivery, household } }: Props) => (
  <Card title="Keputusan">
    {way === 'use' && household?.officerName && household.officerName !== delivery.officerName &&
      <p class="hint">Bila digunakan, tugas berpindah dari {household.officerName} kembali kepada {delivery.officerName}, dan kunjungannya menunggu pemeriksaan.</p>}
    <TextArea name="note" label="Alasan" required rows={3} maxlength={1000} hint="Petugas membaca alasan ini di HP." />
    <div class="action-bar">
      {way === 'choose' && <Button name="decision" value="choose" shortcut="s">Simpan pilihan</Button>}
      {way === 'use' && <Button name="decision" value="use" shortcut="s">{USE[delivery.reason ?? ''] ?? 'Terima kiriman ini'}</Button>}
      <Button name="decision" value="close" tone={way === 'close' ? 'primary' : 'danger'} shortcut="t">Tutup tanpa dipakai</Button>
    </div>
  </Card>
)

const Pictures = ({ title, photos, address }: { title: string, photos: { kind: string, takenAt: string | null }[], address: string }) => (
  <Card title={title}>
    {photos.length === 0
      ? <p class="hint">Tidak ada foto.</p>
      : (
        <PhotoGrid>
          {PHOTOS.filter(({ kind }) => photos.some((photo) => photo.kind === kind)).map(({ kind, label }) => {
            const takenAt = photos.find((photo) => photo.kind === kind)?.takenAt
            return <Photo src={`${address}/${kind}`} alt={label} caption={label} facts={takenAt ? formatDateTime(takenAt) : 'Waktu foto tidak diketahui'} />
          })}
        </PhotoGrid>
      )}
  </Card>
)

const AllAnswers = ({ found: { answers } }: Props) => (
  <details class="card all-answers">
    <summary><h2>Semua isian dari kiriman</h2></summary>
    {answers.map(({ title, rows }) => (
      <Table caption={title} dense columns={['Isian', 'Jawaban']}>
        {rows.map(({ label, answer }) => <Row><Cell label="Isian" lead>{label}</Cell><Cell label="Jawaban">{answer}</Cell></Row>)}
      </Table>
    ))}
  </details>
)
