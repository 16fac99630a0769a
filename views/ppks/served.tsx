import type { ServiceView } from '#app/ppks/care.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { MODES, MODE_TONES, TRAIL } from '#views/ppks/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { Button } from '#views/ui/button.tsx'
import { HiddenField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stack } from '#views/ui/page.tsx'

type Props = { view: ServiceView, formKey: string, typed?: Record<string, string>, problem?: { message: string, fields: Record<string, string> } }

export const ServicePage = ({ view: { service, recipient, mayServe }, formKey, typed, problem }: Props) => (
  <Stack>
    <PageHead title={`${service.kindLabel}, ${formatDate(service.servedOn)}`} badge={<Badge tone={MODE_TONES[service.mode]}>{MODES[service.mode]}</Badge>}
      trail={[...TRAIL, { href: '/ppks/services', label: 'Layanan' }, { href: `/programmes/ppks/recipients/${recipient.id}`, label: recipient.name }]} />
    {problem && <ProblemPanel problem={problem} />}
    <Card title="Keterangan">
      <Facts items={[
        { label: 'Untuk', value: <a href={`/programmes/ppks/recipients/${recipient.id}`}>{recipient.name}</a> }, { label: 'Kategori', value: service.category },
        { label: service.mode === 'given' ? 'Diberikan oleh' : 'Dirujuk ke', value: service.who }, { label: 'Dicatat', value: formatDateTime(service.recordedAt) },
        { label: 'Catatan', value: service.note, wide: true },
        { label: 'Hasil', value: service.result ? `${service.result} (dicatat ${formatDate(service.resultOn)})` : 'belum ada kabar', wide: true },
      ]} />
    </Card>
    {mayServe && (
      <Card title={service.result ? 'Perbarui hasil' : 'Catat hasil'}>
        <Form action={`/ppks/services/${service.id}/result`}>
          <HiddenField name="key" value={formKey} />
          <TextArea name="result" label="Hasil" value={typed?.result ?? service.result} error={problem?.fields.result} maxlength={1000} required />
          <p><Button>Simpan hasil</Button></p>
        </Form>
      </Card>
    )}
  </Stack>
)
