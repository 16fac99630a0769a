import type { PsksView } from '#app/psks/psks.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { DateField, HiddenField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stack, Timeline } from '#views/ui/page.tsx'

type Props = { view: PsksView, kindLabel: string, today: string, formKey: string, mayManage: boolean, typed?: Record<string, string>, problem?: { message: string, fields: Record<string, string> } }

const ACTS: Record<string, string> = { 'psks.added': 'Ditambahkan', 'psks.changed': 'Diubah', 'psks.ended': 'Diakhiri' }

export const PsksPage = ({ view: { found, places, history }, kindLabel, today, formKey, mayManage, typed, problem }: Props) => {
  const active = found.activeTo === null || found.activeTo >= today
  return (
    <Stack>
      <PageHead title={found.name} trail={[{ href: '/psks', label: 'PSKS' }]} badge={<Badge tone={active ? 'good' : 'neutral'}>{active ? 'Aktif' : 'Berakhir'}</Badge>}
        actions={mayManage && <LinkButton href={`/psks/${found.id}/edit`}>Ubah</LinkButton>} />
      {problem && <ProblemPanel problem={problem} />}
      <Card title="Keterangan">
        <Facts items={[
          { label: 'Jenis', value: kindLabel }, { label: 'Orang atau lembaga', value: found.institution ? 'Lembaga' : 'Orang' }, { label: 'Wilayah', value: places.join(', '), wide: true },
          { label: 'Narahubung', value: found.contactName }, { label: 'Telepon', value: found.phone }, { label: 'Alamat', value: found.address, wide: true },
          { label: 'Nomor sertifikat, SK, atau akta', value: found.certificate }, { label: 'Aktif sejak', value: formatDate(found.activeFrom) },
          { label: 'Sampai', value: found.activeTo ? `${formatDate(found.activeTo)}${found.endReason && `: ${found.endReason}`}` : 'masih aktif' }, { label: 'Catatan', value: found.note, wide: true },
        ]} />
      </Card>
      {mayManage && found.activeTo === null && (
        <Confirm label="Akhiri" open={problem !== undefined}>
          <p class="hint">Tidak ditawarkan lagi untuk rujukan sesudah tanggal ini. Datanya tetap tersimpan.</p>
          <Form action={`/psks/${found.id}/ending`}>
            <HiddenField name="key" value={formKey} />
            <HiddenField name="revision" value={found.revision} />
            <DateField name="activeTo" label="Hari terakhir aktif" value={typed?.activeTo ?? today} error={problem?.fields.activeTo} required />
            <TextField name="endReason" label="Alasan" value={typed?.endReason} error={problem?.fields.endReason} maxlength={200} required />
            <p><Button tone="danger">Akhiri PSKS ini</Button></p>
          </Form>
        </Confirm>
      )}
      <Card title="Riwayat">
        <Timeline items={history.map(({ at, action, by, fields }) => ({
          at: formatDateTime(at), iso: at, by: by ?? 'Sistem', title: ACTS[action] ?? action, note: fields.join(', ') || undefined,
        }))} />
      </Card>
    </Stack>
  )
}
