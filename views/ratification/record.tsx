import type { RecordReading } from '#app/ratification/record-reading.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { causeLabel } from '#views/households/labels.ts'
import { Decided, Failures } from '#views/ratification/contents.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button } from '#views/ui/button.tsx'
import { DiffTable } from '#views/ui/diff.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDateTime } from '#views/ui/format.ts'
import { Card, EmptyState, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import { OUTCOMES } from '#views/visits/labels.ts'

type Props = RecordReading & { actor: Actor }

export const RecordPage = ({ actor, ...reading }: Props) => {
  const { batch, item, outcome, headName, prelistId, moved, changes, meanwhile } = reading
  return (
    <Stack>
      <PageHead title={headName} lead={batch.title} trail={[
        { href: '/batches', label: 'Pengesahan' }, { href: `/batches/${batch.id}`, label: batch.title }, { href: `/batches/${batch.id}/items`, label: 'Isi berkas' },
      ]} />
      {moved && <Moved {...reading} />}
      <Facts items={[
        { label: 'IDBDT', value: prelistId ?? '–' }, { label: 'Hasil kunjungan', value: OUTCOMES[outcome ?? 0] ?? '–' },
        { label: 'Kriteria integritas', value: <Failures failures={item.failures} /> }, { label: 'Penetapan', value: <Decided {...item} /> },
        { label: 'Data induk', value: <a href={`/households/${item.householdId}`}>Buka data induk</a> },
      ]} />
      {moved && <DiffTable caption="Yang berubah pada data induk sejak kunjungan dimulai" rows={meanwhile} beforeLabel="Saat kunjungan" afterLabel="Sekarang" />}
      {changes.length === 0
        ? <EmptyState title="Tidak ada isian yang berubah">Kunjungan membenarkan data yang sudah ada.</EmptyState>
        : <DiffTable caption="Yang dibawa kunjungan ini" rows={changes} beforeLabel="Data induk saat kunjungan" afterLabel="Hasil kunjungan" />}
      {item.decision === 'pending' && batch.status === 'dispatched' && can(actor, 'batch.determine') && <Deciding {...reading} />}
    </Stack>
  )
}

const Moved = ({ causes }: RecordReading) => (
  <Notice tone="warn" title="Data induk sudah berubah sejak kunjungan dimulai">
    <p>Hasil kunjungan ini tidak bisa ditetapkan, karena akan menimpa perubahan yang lebih baru. Bandingkan keduanya, lalu kembalikan ke kabupaten supaya diperiksa lagi.</p>
    <ul>{causes.map(({ version, cause, createdAt, by }) => <li>Versi {version}: {causeLabel(cause)}, {by ?? 'Sistem'}, {formatDateTime(createdAt)}</li>)}</ul>
  </Notice>
)

const Deciding = ({ batch, item, moved }: RecordReading) => (
  <Card title="Penetapan">
    <Form action={`/batches/${batch.id}/acceptance`}>
      <HiddenField name="household" value={item.householdId} />
      <TextField name="reason" label="Alasan (wajib bila mengembalikan)" maxlength={500} />
      <ActionBar>
        {!moved && <Button>Tetapkan</Button>}
        <Button tone={moved ? undefined : 'danger'} formaction={`/batches/${batch.id}/return`}>Kembalikan ke kabupaten</Button>
      </ActionBar>
    </Form>
  </Card>
)
