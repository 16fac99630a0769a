import type { BreachView } from '#app/protection/breaches.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Clock } from '#views/protection/clock.tsx'
import { BREACHES_TRAIL, KINDS, STEP_CHOICES, STEPS } from '#views/protection/words.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button } from '#views/ui/button.tsx'
import { HiddenField, RadioGroup, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stack, Stats, Timeline } from '#views/ui/page.tsx'
import { askingAgain } from '#views/ui/progress.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Refusal = { message: string, fields: Record<string, string> }
type Props = { view: BreachView, now: string, typed?: Record<string, string>, problem?: Refusal }

export const BreachPage = ({ view, now, typed = {}, problem }: Props) => {
  const { breach, about, opener } = view
  return (
    <Stack>
      <PageHead title={about} trail={BREACHES_TRAIL} badge={<Badge tone={breach.status === 'closed' ? 'good' : breach.dueAt < now ? 'bad' : 'warn'}>{breach.status === 'closed' ? 'Ditutup' : 'Terbuka'}</Badge>} lead={KINDS[breach.kind].label} />
      {problem && <ProblemPanel problem={problem} labels={{ note: 'Apa yang dilakukan', kind: 'Langkah' }} />}
      <Card title="Waktu 3 × 24 jam" tone={breach.status === 'open' && breach.dueAt < now ? 'bad' : undefined}>
        <Clock from={breach.knownAt} due={breach.dueAt} now={now} closedAt={view.steps.find(({ kind }) => kind === 'closed')?.at} marks={view.steps.filter(({ kind }) => kind !== 'note').map(({ at, kind }) => ({ at, words: STEPS[kind]?.words ?? kind }))} />
        <Facts items={[
          { label: 'Diketahui', value: formatDateTime(breach.knownAt) }, { label: 'Batas pemberitahuan', value: formatDateTime(breach.dueAt) }, { label: 'Dicatat', value: `${opener}, ${formatDateTime(breach.openedAt)}` },
          ...(breach.kind === 'account' ? [{ label: 'Rentang waktu', value: `${formatDateTime(breach.fromAt)} sampai ${formatDateTime(breach.untilAt)}` }] : []),
          { label: 'Kapan dan bagaimana', value: breach.happened, wide: true }, { label: 'Data yang terkena', value: breach.data, wide: true }, { label: 'Penanganan', value: breach.remedy, wide: true }, { label: 'Kontak untuk warga', value: breach.contact },
        ]} />
      </Card>
      <BreachState view={view} />
      {view.mayManage && breach.status === 'open' && (
        <Card title="Catat langkah">
          <Form action={`/protection/breaches/${breach.id}/steps`}>
            <HiddenField name="revision" value={breach.revision} />
            <RadioGroup name="kind" label="Langkah" required value={typed.kind ?? ''} options={STEP_CHOICES} error={problem?.fields.kind} />
            <TextArea name="note" label="Apa yang dilakukan" required maxlength={2000} value={typed.note} error={problem?.fields.note} hint="Misalnya nomor surat, kepada siapa, dengan cara apa." />
            <Button>Catat langkah</Button>
          </Form>
        </Card>
      )}
      <Card title="Riwayat">
        <Timeline items={[...view.steps].reverse().map(({ kind, at, by, note }) => ({ title: STEPS[kind]?.words ?? kind, at: formatDateTime(at), iso: at, by: by ?? 'Sistem', note: note || undefined, tone: STEPS[kind]?.tone ?? 'neutral' }))} />
      </Card>
    </Stack>
  )
}

// Whom it concerns; asks again by itself while they are still being found.
export const BreachState = ({ view: { breach, places, mayList } }: { view: BreachView }) => (
  <div class="stack" id="terdampak" {...(breach.counting === 'waiting' || breach.counting === 'counting' ? askingAgain(`/protection/breaches/${breach.id}`) : {})}>
    {breach.counting === 'counted' ? null : breach.counting === 'failed'
      ? <Notice tone="bad"><p>Daftar yang terdampak gagal disusun. Dicoba lagi saat layanan dijalankan ulang.</p></Notice>
      : <Notice><p>Daftar yang terdampak sedang disusun. Muat ulang halaman untuk melihat kemajuannya.</p></Notice>}
    <Card title="Yang terdampak">
      <Stats items={[{ label: 'Rumah tangga', value: formatNumber(places.reduce((sum, { households }) => sum + households, 0)) }, { label: 'Orang', value: formatNumber(places.reduce((sum, { people }) => sum + people, 0)) }, { label: 'Desa', value: formatNumber(places.length) }]} />
      {breach.kind === 'export' && <p class="hint">Dihitung dari daftar yang sama, dengan wilayah dan saringan pembuatnya, menurut isi registri sekarang.</p>}
      {places.length > 0 && (
        <Table caption="Yang terdampak per desa" hideCaption columns={['Desa', right('Rumah tangga'), right('Orang'), ...(mayList ? [{ label: 'Buka', hide: true }] : [])]}>
          {places.map(({ regionCode, name, district, households, people }) => (
            <Row>
              <Cell label="Desa" lead>{name}<br /><small class="hint">{district}</small></Cell><Cell label="Rumah tangga" align="right">{formatNumber(households)}</Cell><Cell label="Orang" align="right">{formatNumber(people)}</Cell>
              {mayList && <Cell label="Buka" actions><a href={`/protection/breaches/${breach.id}/people?region=${regionCode}`}>Daftar<span class="unseen"> {name}</span></a> · <a href={`/protection/breaches/${breach.id}/letters?region=${regionCode}`}>Surat<span class="unseen"> {name}</span></a></Cell>}
            </Row>
          ))}
        </Table>
      )}
      {places.length === 0 && breach.counting === 'counted' && <p>Tidak ada rumah tangga yang terdampak menurut catatan.</p>}
    </Card>
  </div>
)
