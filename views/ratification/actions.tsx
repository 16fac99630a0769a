import type { BatchReading } from '#app/ratification/reading.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { SignInAgain } from '#views/sessions/again.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton, PostButton } from '#views/ui/button.tsx'
import { DateField, FileField, HiddenField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Card, Stack } from '#views/ui/page.tsx'

// againHref: where to sign in again before the ratification's form is shown.
type Props = BatchReading & { actor: Actor, newId: string, againHref?: string }

// The one next step, for whoever may take it.
export const Actions = (props: Props) => {
  const { batch, actor } = props
  const mine = [batch.preparedBy, batch.frozenBy].includes(actor.id)
  if (can(actor, 'batch.prepare') && batch.status === 'open') return <Prepare {...props} />
  if (batch.status === 'frozen' && can(actor, 'batch.ratify') && !mine) return <Ratify {...props} />
  if (batch.status === 'frozen' && can(actor, 'batch.prepare')) return <Waiting {...props} />
  if (batch.status === 'ratified' && can(actor, 'batch.dispatch')) return <Dispatch {...props} />
  if (batch.status === 'dispatched' && can(actor, 'batch.determine')) return <Determine {...props} />
  if (batch.status === 'dispatched' && can(actor, 'batch.answer')) return <TakeAnswer {...props} />
  return null
}

const Cancel = ({ batch }: Props) => (
  <Confirm label="Batalkan berkas" tone="danger" small>
    <Form action={`/batches/${batch.id}/cancellation`}>
      <TextArea name="note" label="Alasan pembatalan" required rows={2} maxlength={500} hint="Semua data kembali ke antrean siap disahkan." />
      <Button tone="danger">Ya, batalkan</Button>
    </Form>
  </Confirm>
)

const Prepare = (props: Props) => {
  const failing = props.villages.reduce((sum, village) => sum + village.failing, 0)
  const unfit = props.proposals.reduce((sum, row) => sum + row.failing, 0)
  const size = props.batch.itemCount + props.proposals.reduce((sum, { count }) => sum + count, 0)
  const base = `/batches/${props.batch.id}`
  return (
    <Card title="Langkah berikutnya">
      <Stack>
        {failing + unfit > 0 && (
          <Notice tone="warn" title={[failing && `${formatNumber(failing)} rumah tangga`, unfit && `${formatNumber(unfit)} usulan`].filter(Boolean).join(' dan ') + ' belum lolos kriteria integritas'}>
            <p>Periksa <a href={failing ? `${base}/items?show=failing` : `${base}/proposals?show=failing`}>daftarnya</a>, lalu keluarkan agar yang lain tidak menunggu. Yang dikeluarkan kembali ke antrean Dinsos beserta kriterianya, untuk dikembalikan ke petugas atau disetujui lagi.</p>
            <PostButton action={`${base}/failing-removal`} tone="secondary">Keluarkan yang belum lolos</PostButton>
          </Notice>
        )}
        {failing + unfit === 0 && size > 0 && (
          <>
            <p>Semuanya lolos. Setelah dibekukan, isi berkas tidak dapat diubah.</p>
            <PostButton action={`${base}/freeze`}>Bekukan berkas</PostButton>
          </>
        )}
        {props.waiting > 0 && <p>{`${formatNumber(props.waiting)} rumah tangga yang disetujui tidak ikut karena `}<a href="/numbers">menunggu KK/NIK dari Dukcapil</a>.</p>}
        {size === 0 && <p>Belum ada rumah tangga atau usulan yang disetujui Dinsos untuk dikumpulkan.</p>}
        <PostButton action={`${base}/gathering`} tone="quiet">Kumpulkan data yang baru disetujui</PostButton>
        <Cancel {...props} />
      </Stack>
    </Card>
  )
}

const Waiting = (props: Props) => (
  <Card title="Langkah berikutnya">
    <p>Cetak berita acara dan daftar BNBA di bawah, mintakan surat pengesahan bupati/wali kota. Pengesah mencatatnya dengan akunnya sendiri.</p>
    <Cancel {...props} />
  </Card>
)

const Ratify = ({ batch, newId, proposals, againHref }: Props) => againHref ? <SignInAgain title="Sahkan berkas ini" purpose="ratification" href={againHref} /> : (
  <Card title="Sahkan berkas ini">
    <Form action={`/batches/${batch.id}/ratification`} upload>
      <HiddenField name="id" value={newId} />
      <TextField name="letterNumber" label="Nomor surat pengesahan" required maxlength={100} />
      <DateField name="letterDate" label="Tanggal surat" required />
      <TextField name="signatory" label="Penanda tangan (nama dan jabatan)" required maxlength={120} />
      <FileField name="letter" label="Berkas surat (PDF atau foto JPEG)" accept="application/pdf,image/jpeg" required />
      <p>Cocokkan akar manifes pada surat dengan yang tertulis di bawah sebelum mengesahkan.</p>
      <Button>{`Sahkan ${contentOf(batch.itemCount, proposals)}`}</Button>
    </Form>
  </Card>
)

const contentOf = (itemCount: number, proposals: Props['proposals']) => {
  const changes = proposals.reduce((sum, { count }) => sum + count, 0)
  return [itemCount || !changes ? `${formatNumber(itemCount)} rumah tangga` : '', changes ? `${formatNumber(changes)} usulan` : ''].filter(Boolean).join(' dan ')
}

const Dispatch = ({ batch }: Props) => (
  <Card title="Langkah berikutnya">
    <p>Arsip berisi data setiap rumah tangga (JSON Lines dan CSV kolom SIKS-NG BDT) beserta manifesnya.</p>
    <Confirm label="Kirim ke Kemensos" tone="primary">
      <p>Berkas yang sudah dikirim tidak dapat ditarik kembali.</p>
      <PostButton action={`/batches/${batch.id}/dispatch`}>Ya, kirim</PostButton>
    </Confirm>
  </Card>
)

const TakeAnswer = ({ batch }: Props) => (
  <Card title="Jawaban Kemensos">
    <Form action={`/batches/${batch.id}/answer`} upload>
      <FileField name="answer" label="Berkas jawaban penetapan" required hint="Berkas bertanda tangan dari Pusdatin. Yang ditetapkan menjadi data induk, yang dikembalikan kembali ke antrean Anda dengan alasannya." />
      <Button>Baca jawaban</Button>
    </Form>
  </Card>
)

const Determine = ({ batch, proposals }: Props) => (
  <Card title="Penetapan">
    <Stack>
      <p><LinkButton href={`/batches/${batch.id}/items?show=pending`}>Putuskan satu per satu</LinkButton></p>
      {proposals.length > 0 && <p><LinkButton href={`/batches/${batch.id}/proposals?show=pending`}>Putuskan usulan satu per satu</LinkButton></p>}
      <Confirm label="Tetapkan semua yang menunggu">
        <p>Jawaban kunjungan dan usulan menjadi data induk versi baru.</p>
        <PostButton action={`/batches/${batch.id}/acceptance`} fields={{ scope: 'all' }}>Ya, tetapkan semua</PostButton>
      </Confirm>
      <Confirm label="Kembalikan semua yang menunggu" tone="danger">
        <Form action={`/batches/${batch.id}/return`}>
          <HiddenField name="scope" value="all" />
          <TextArea name="reason" label="Alasan" required rows={2} maxlength={500} />
          <Button tone="danger">Kembalikan semua</Button>
        </Form>
      </Confirm>
    </Stack>
  </Card>
)
