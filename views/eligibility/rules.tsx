import type { RuleList } from '#app/eligibility/rule-list.ts'
import type { Ruled } from '#app/eligibility/rules.ts'
import { EMPLOYMENT } from '#app/questionnaire/2026/options.ts'
import { PROGRAMME_LABELS, TRAIL } from '#views/eligibility/labels.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Button, PostButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, HiddenField, SelectField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatNumber } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Typed = Record<string, string | undefined>
type Props = RuleList & { programme: Ruled, today: string, mayConfigure: boolean, typed?: Typed, problem?: { message: string, fields: Record<string, string> } }

// How to type it in the form; a reader of the list sees the word.
const YES_NO = ' (1 ya, 0 tidak)'
const KEYS: Record<string, string> = { 'desil.max': 'Desil paling tinggi', 'rule.component': `Wajib punya komponen PKH${YES_NO}`, 'age.min': 'Umur paling rendah', 'age.max': 'Umur paling tinggi', quota: 'Kuota penerima' }
const LISTS: Record<string, string> = { excluded_employment: 'Pekerjaan yang dikecualikan', contradicts: 'Program yang tidak boleh bersamaan' }

export const RulesPage = (props: Props) => {
  const { programme, mayConfigure, problem } = props
  return (
    <Stack>
      <PageHead title={`Aturan kelayakan ${PROGRAMME_LABELS[programme]}`} trail={TRAIL} lead="Aturan yang dipakai saat menghitung kelayakan, beserta hari berlaku dan sumbernya. Aturan lama tidak dihapus, hanya diakhiri." />
      <Tabs label="Program" items={Object.entries(PROGRAMME_LABELS).map(([code, label]) => ({ href: `/eligibility/rules?programme=${code}`, label, current: code === programme }))} />
      {problem && <Notice tone="bad"><p>{problem.message}</p></Notice>}
      <Settings {...props} />
      <Words {...props} />
      {mayConfigure ? <><SetRule {...props} /><AddWord {...props} /></> : <p class="hint">Aturan diubah oleh Kemensos atau admin sistem.</p>}
    </Stack>
  )
}

type Dated = { validFrom: string, validTo: string | null }
const Holding = ({ entry: { validFrom, validTo }, today }: { entry: Dated, today: string }) => validFrom > today ? <Badge tone="info">Belum berlaku</Badge>
  : validTo !== null && validTo <= today ? <Badge>Berakhir</Badge> : <Badge tone="good">Berlaku</Badge>
const daysOf = ({ validFrom, validTo }: Dated) => `${formatDate(validFrom)}${validTo ? ` sampai sebelum ${formatDate(validTo)}` : ''}`

const Settings = ({ settings, today }: Props) => settings.length === 0 ? <EmptyState title="Belum ada batas untuk program ini">Tanpa batas, semua keluarga memenuhi aturan ini.</EmptyState> : (
  <Table caption="Batas dan kuota" columns={['Aturan', { label: 'Nilai', align: 'right' }, 'Wilayah', 'Berlaku', 'Keadaan', 'Sumber']}>
    {settings.map((entry) => (
      <Row>
        <Cell label="Aturan" lead>{(KEYS[entry.key] ?? entry.key).replace(YES_NO, '')}</Cell><Cell label="Nilai" align="right">{entry.key === 'rule.component' ? entry.value === 0 ? 'Tidak' : 'Ya' : formatNumber(entry.value)}</Cell><Cell label="Wilayah">{entry.regionName}</Cell>
        <Cell label="Berlaku">{daysOf(entry)}</Cell><Cell label="Keadaan"><Holding entry={entry} today={today} /></Cell><Cell label="Sumber">{entry.source}</Cell>
      </Row>
    ))}
  </Table>
)

const Words = ({ words, today, programme, mayConfigure }: Props) => words.length === 0 ? null : (
  <Table caption="Pekerjaan dan program yang menghalangi" columns={['Daftar', 'Isi', 'Berlaku', 'Keadaan', 'Sumber', ...(mayConfigure ? [{ label: 'Tindakan', hide: true }] : [])]}>
    {words.map((word) => (
      <Row>
        <Cell label="Daftar">{LISTS[word.list] ?? word.list}</Cell><Cell label="Isi" lead>{word.label}</Cell><Cell label="Berlaku">{daysOf(word)}</Cell>
        <Cell label="Keadaan"><Holding entry={word} today={today} /></Cell><Cell label="Sumber">{word.source}</Cell>
        {mayConfigure && <Cell label="Tindakan" actions>{word.validTo === null && <PostButton small tone="quiet" action="/eligibility/rules/words/ending" fields={{ programme, list: word.list, code: word.code, validFrom: word.validFrom }}>{`Akhiri ${word.label}`}</PostButton>}</Cell>}
      </Row>
    ))}
  </Table>
)

const SetRule = ({ programme, typed = {}, problem }: Props) => (
  <Card title="Tetapkan batas atau kuota">
    <Form action="/eligibility/rules">
      <HiddenField name="programme" value={programme} />
      <FieldRow>
        <SelectField name="key" label="Aturan" required value={typed.key} error={problem?.fields.key} options={Object.entries(KEYS).map(([value, label]) => ({ value, label }))} />
        <TextField name="value" label="Nilai" required inputmode="numeric" width="short" maxlength={9} value={typed.value} error={problem?.fields.value} />
        <DateField name="validFrom" label="Berlaku mulai" required value={typed.validFrom} error={problem?.fields.validFrom} />
        <TextField name="regionCode" label="Kode kabupaten/kota atau desa" width="medium" maxlength={13} value={typed.regionCode} error={problem?.fields.regionCode} hint="Untuk kuota. Kosong: seluruh Indonesia." />
      </FieldRow>
      <TextField name="source" label="Sumber" required maxlength={300} value={typed.source} error={problem?.fields.source} hint="Nomor peraturan atau surat." />
      <Button>Tetapkan</Button>
    </Form>
  </Card>
)

const BARRIERS = [
  ...EMPLOYMENT.map(({ code, label }) => ({ value: `excluded_employment:${code}`, label: `Pekerjaan: ${label}` })),
  ...Object.entries({ ...PROGRAMME_LABELS }).map(([code, label]) => ({ value: `contradicts:${code}`, label: `Program: ${label}` })),
]

const AddWord = ({ programme, typed = {}, problem }: Props) => (
  <Card title="Tambah penghalang">
    <Form action="/eligibility/rules/words">
      <HiddenField name="programme" value={programme} />
      <FieldRow>
        <SelectField name="barrier" label="Pekerjaan atau program" required value={typed.barrier} error={problem?.fields.barrier ?? problem?.fields.code} options={BARRIERS.filter(({ value }) => value !== `contradicts:${programme}`)} />
        <DateField name="validFrom" id="f-word-from" label="Berlaku mulai" required value={typed.barrier && typed.validFrom} />
      </FieldRow>
      <TextField name="source" id="f-word-source" label="Sumber" required maxlength={300} value={typed.barrier && typed.source} />
      <Button>Tambah</Button>
    </Form>
  </Card>
)
