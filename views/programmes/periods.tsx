import type { Period } from '#app/programmes/periods.ts'
import { CENTRAL_NAMES, NAMES, TRAIL } from '#views/programmes/labels.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { Button, Confirm, PostButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, HiddenField, SelectField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Trouble = { message: string, fields: Record<string, string> }
type Listed = Period & { regionName: string, mayManage: boolean }
type Props = { periods: Listed[], places: { code: string, name: string }[], typed: Record<string, string>, today: string, problem?: Trouble }

export const PeriodsPage = ({ periods, places, typed, today, problem }: Props) => (
  <Stack>
    <PageHead title="Periode program" trail={TRAIL} lead="Usulan yang disetujui Dinsos sampai batas perubahan masuk periode itu; sesudahnya masuk periode berikutnya." />
    {problem && <ProblemPanel problem={problem} labels={LABELS} />}
    {places.length > 0 && <Planning places={places} typed={typed} errors={problem?.fields ?? {}} />}
    {periods.length === 0
      ? <EmptyState title="Belum ada periode">{places.length > 0 ? 'Buat yang pertama di atas.' : 'Dinsos kabupaten/kota atau Kemensos yang membuatnya.'}</EmptyState>
      : (
        <Table caption="Periode, terbaru lebih dahulu" columns={['Periode', 'Berlaku untuk', 'Hari', 'Batas perubahan', 'Keadaan', { label: 'Tindakan', hide: true }]}>
          {periods.map((period) => (
            <Row>
              <Cell label="Periode" lead>{period.name}<br /><small class="hint">{NAMES[period.programme]}</small></Cell>
              <Cell label="Berlaku untuk">{period.regionName}</Cell>
              <Cell label="Hari">{`${formatDate(period.startsOn)} – ${formatDate(period.endsOn)}`}</Cell>
              <Cell label="Batas perubahan">{formatDate(period.cutoffOn)}</Cell>
              <Cell label="Keadaan"><Badge tone={period.closedAt ? 'neutral' : period.cutoffOn < today ? 'warn' : 'good'}>{period.closedAt ? 'Ditutup' : period.cutoffOn < today ? 'Batas lewat' : 'Menerima perubahan'}</Badge></Cell>
              <Cell label="Tindakan" actions>{period.mayManage && !period.closedAt && <Manage period={period} today={today} />}</Cell>
            </Row>
          ))}
        </Table>
      )}
  </Stack>
)

const LABELS = { programme: 'Program', regionCode: 'Berlaku untuk', name: 'Nama periode', startsOn: 'Hari pertama', endsOn: 'Hari terakhir', cutoffOn: 'Batas perubahan' }

const Planning = ({ places, typed, errors }: Pick<Props, 'places' | 'typed'> & { errors: Record<string, string> }) => (
  <Card title="Buat periode">
    <Form action="/programmes/periods">
      <HiddenField name="id" value={typed.id ?? ''} />
      <FieldRow>
        <SelectField name="programme" label={LABELS.programme} required value={typed.programme} error={errors.programme} options={Object.entries(CENTRAL_NAMES).map(([value, label]) => ({ value, label }))} />
        <SelectField name="regionCode" label={LABELS.regionCode} required blank="" value={typed.regionCode ?? places[0]?.code} error={errors.regionCode} options={places.map(({ code, name }) => ({ value: code, label: name }))} />
      </FieldRow>
      <TextField name="name" label={LABELS.name} required maxlength={80} width="medium" value={typed.name} error={errors.name} hint="Misalnya Triwulan I 2026." />
      <FieldRow>
        <DateField name="startsOn" label={LABELS.startsOn} required value={typed.startsOn} error={errors.startsOn} />
        <DateField name="endsOn" label={LABELS.endsOn} required value={typed.endsOn} error={errors.endsOn} />
        <DateField name="cutoffOn" label={LABELS.cutoffOn} required value={typed.cutoffOn} error={errors.cutoffOn} hint="Hari terakhir usulan disetujui untuk periode ini." />
      </FieldRow>
      <Button>Buat periode</Button>
    </Form>
  </Card>
)

const Manage = ({ period: { id, name, cutoffOn, endsOn }, today }: { period: Period, today: string }) => (
  <Confirm label="Ubah" small>
    <Form action={`/programmes/periods/${id}/cutoff`}>
      <DateField name="cutoffOn" id={`f-cutoff-${id}`} label={`Batas perubahan ${name}`} required value={cutoffOn} min={today} max={endsOn} />
      <Button small>Geser batas</Button>
    </Form>
    <PostButton action={`/programmes/periods/${id}/closing`} tone="danger" small>{`Tutup ${name}`}</PostButton>
  </Confirm>
)
