import type { FindingEvent } from '#app/crosschecks/settling.ts'
import type { Finding } from '#app/crosschecks/work-list.ts'
import type { Problem } from '#app/problems.ts'
import { villageHref } from '#views/crosschecks/links.ts'
import { KIND_WORDS, STATUS_WORDS } from '#views/crosschecks/words.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDateTime } from '#views/ui/format.ts'
import { Card, Narrow, PageHead, Stack, Timeline } from '#views/ui/page.tsx'

type Props = { finding: Finding, events: FindingEvent[], settles: boolean, formKey: string, note?: string, problem?: Problem }

export const FindingPage = ({ finding, events, settles, formKey, note, problem }: Props) => (
  <Narrow>
    <Stack>
      <PageHead title={finding.name} lead={KIND_WORDS[finding.kind].label} badge={<Badge tone={STATUS_WORDS[finding.status].tone}>{STATUS_WORDS[finding.status].label}</Badge>}
        trail={[{ href: '/crosschecks', label: 'Pemeriksaan silang' }, { href: villageHref(finding.regionCode, { show: finding.status }), label: 'Daftar desa/kelurahan' }]} />
      <Card title="Temuan">
        <p>{finding.sentence}</p>
        {finding.status === 'open' && (
          <Notice tone="info" title="Yang dilakukan">
            <p>{KIND_WORDS[finding.kind].todo}</p>
            <p class="badges">{finding.ways.map(({ href, label }) => <LinkButton small href={href}>{label}</LinkButton>)}</p>
          </Notice>
        )}
      </Card>
      {settles && finding.status === 'open' && <Dismiss finding={finding} formKey={formKey} note={note} problem={problem} />}
      {settles && finding.status === 'dismissed' && <Reopen finding={finding} formKey={formKey} note={note} problem={problem} />}
      <Card title="Riwayat"><History finding={finding} events={events} /></Card>
    </Stack>
  </Narrow>
)

type Deciding = Pick<Props, 'finding' | 'formKey' | 'note' | 'problem'>

const Dismiss = ({ finding, formKey, note, problem }: Deciding) => (
  <Card title="Kesampingkan temuan ini">
    <Form action={`/crosschecks/findings/${finding.id}/dismissal`}>
      <HiddenField name="key" value={formKey} />
      <HiddenField name="seen" value={finding.print} />
      <TextArea name="note" label="Alasan" required maxlength={500} value={note} error={problem?.fields.note} hint="Misalnya: sudah diperiksa di lapangan, akta menunggu terbit. Temuan muncul lagi bila keadaannya berubah." />
      <Button>Kesampingkan</Button>
    </Form>
  </Card>
)

const Reopen = ({ finding, formKey, note, problem }: Deciding) => (
  <Card title="Buka kembali">
    <Form action={`/crosschecks/findings/${finding.id}/reopening`}>
      <HiddenField name="key" value={formKey} />
      <TextArea name="note" label="Alasan" required maxlength={500} value={note} error={problem?.fields.note} />
      <Button tone="secondary">Buka kembali</Button>
    </Form>
  </Card>
)

const TURNED = { open: 'Terbuka lagi', dismissed: 'Dikesampingkan', settled: 'Selesai: keadaannya tidak ada lagi' }

const History = ({ finding, events }: Pick<Props, 'finding' | 'events'>) => (
  <Timeline items={[
    ...events.map(({ toStatus, at, by, note }) => ({ at: formatDateTime(at), iso: at, title: TURNED[toStatus], by: by ?? 'sistem', note: note || undefined, tone: STATUS_WORDS[toStatus].tone })),
    { at: formatDateTime(finding.foundAt), iso: finding.foundAt, title: 'Ditemukan', by: 'sistem' },
  ]} />
)
