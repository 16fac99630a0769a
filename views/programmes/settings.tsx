import type { KeptWord, Setting } from '#app/programmes/configuring.ts'
import type { Programme } from '#app/programmes/programme.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { NAMES, TRAIL } from '#views/programmes/labels.ts'
import { keyLabel, listLabel } from '#views/programmes/setting-words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { Button, Confirm, PostButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, HiddenField, SelectField, TextField } from '#views/ui/field.tsx'
import { Filters, Form } from '#views/ui/form.tsx'
import { formatDate, formatDecimal, formatNumber } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Trouble = { message: string, fields: Record<string, string> }
type Props = { list?: string, programme: Programme, settings: (Setting & { regionName: string })[], words: KeptWord[], keys: string[], mayConfigure: boolean, readsProgrammes: boolean, today: string, typed: Record<string, string>, problem?: Trouble }

export const SettingsPage = (props: Props) => {
  const { programme, problem, mayConfigure } = props
  return (
    <Stack>
      <PageHead title={`Ketentuan ${programme.name}`} trail={props.readsProgrammes ? TRAIL : []}
        lead={mayConfigure ? 'Besaran, batas, dan daftar kata. Yang lama tidak dihapus: nilai baru berlaku mulai harinya.' : 'Besaran, batas, dan daftar kata yang dipakai, beserta sumbernya.'} />
      <Tabs label="Program" items={Object.entries(NAMES).map(([code, label]) => ({ href: `/programmes/settings?programme=${code}`, label, current: code === programme.code }))} />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      <Settings {...props} />
      {mayConfigure && <SetValue {...props} />}
      <Words {...props} />
      {mayConfigure && <Add {...props} />}
    </Stack>
  )
}

const LABELS = { key: 'Ketentuan', regionCode: 'Kode kabupaten/kota', validFrom: 'Berlaku mulai', value: 'Nilai', source: 'Sumber', list: 'Daftar', code: 'Kode', label: 'Kata', validTo: 'Berakhir' }
const holds = ({ validFrom, validTo }: { validFrom: string, validTo: string | null }, today: string) => validFrom <= today && (validTo === null || validTo > today)
const Holding = ({ entry, today }: { entry: { validFrom: string, validTo: string | null }, today: string }) => holds(entry, today)
  ? <Badge tone="good">Berlaku</Badge> : <Badge>{entry.validFrom > today ? 'Belum berlaku' : 'Berakhir'}</Badge>
const valueOf = (value: number) => Number.isInteger(value) ? formatNumber(value) : formatDecimal(value, 2)

const Settings = ({ settings, today, mayConfigure }: Props) => settings.length === 0 ? <EmptyState title="Belum ada besaran untuk program ini" /> : (
  <Table caption="Besaran dan batas" columns={['Ketentuan', { label: 'Nilai', align: 'right' }, 'Wilayah', 'Berlaku', 'Keadaan', 'Sumber', ...(mayConfigure ? [{ label: 'Tindakan', hide: true }] : [])]}>
    {settings.map((entry, at) => (
      <Row>
        <Cell label="Ketentuan" lead>{keyLabel(entry.key)}</Cell><Cell label="Nilai" align="right">{valueOf(entry.value)}</Cell><Cell label="Wilayah">{entry.regionName}</Cell>
        <Cell label="Berlaku">{`${formatDate(entry.validFrom)}${entry.validTo ? ` sampai sebelum ${formatDate(entry.validTo)}` : ''}`}</Cell>
        <Cell label="Keadaan"><Holding entry={entry} today={today} /></Cell><Cell label="Sumber">{entry.source}</Cell>
        {mayConfigure && <Cell label="Tindakan" actions>{holds(entry, today) && <End entry={entry} id={`f-end-${at}`} />}</Cell>}
      </Row>
    ))}
  </Table>
)

const End = ({ entry, id }: { entry: Setting, id: string }) => (
  <Confirm label="Akhiri" small>
    <Form action="/programmes/settings/ending">
      {(['programme', 'key', 'regionCode', 'validFrom'] as const).map((name) => <HiddenField name={name} value={entry[name]} />)}
      <DateField name="validTo" id={id} label={`Hari pertama "${keyLabel(entry.key)}" tidak berlaku lagi`} required min={entry.validFrom} />
      <Button small tone="danger">Akhiri</Button>
    </Form>
  </Confirm>
)

const SetValue = ({ programme, keys, typed, problem }: Props) => (
  <Card title="Tetapkan nilai">
    <Form action="/programmes/settings">
      <HiddenField name="programme" value={programme.code} />
      <FieldRow>
        <SelectField name="key" label={LABELS.key} required value={typed.key} error={problem?.fields.key} options={keys.map((key) => ({ value: key, label: keyLabel(key) }))} />
        <TextField name="value" label={LABELS.value} required inputmode="decimal" width="short" maxlength={15} value={typed.value} error={problem?.fields.value} hint="Angka tanpa titik ribuan." />
        <DateField name="validFrom" label={LABELS.validFrom} required value={typed.validFrom} error={problem?.fields.validFrom} />
        <TextField name="regionCode" label={LABELS.regionCode} width="short" maxlength={13} value={typed.regionCode} error={problem?.fields.regionCode} hint="Kosong: seluruh Indonesia." />
      </FieldRow>
      <TextField name="source" label={LABELS.source} required maxlength={300} value={typed.source} error={problem?.fields.source} hint="Nomor peraturan atau surat." />
      <Button>Tetapkan</Button>
    </Form>
  </Card>
)

const Words = ({ words, list, programme, mayConfigure, today }: Props) => words.length === 0 ? null : (
  <Card title="Daftar kata" id="daftar">
    <Stack>
      <Filters action="/programmes/settings" label="Pilih daftar kata">
        <HiddenField name="programme" value={programme.code} />
        <SelectField name="list" id="f-shown-list" label="Daftar yang ditampilkan" required blank="" value={list ?? words[0]!.list} options={listsOf(words)} />
      </Filters>
      <Table caption={listLabel(list ?? words[0]!.list)} columns={['Kata', 'Kode', 'Keadaan', 'Sumber', ...(mayConfigure ? [{ label: 'Tindakan', hide: true }] : [])]}>
        {words.filter((word) => word.list === (list ?? words[0]!.list)).map((word) => (
          <Row>
            <Cell label="Kata" lead>{word.label}</Cell><Cell label="Kode"><code>{word.code}</code></Cell>
            <Cell label="Keadaan"><Holding entry={word} today={today} /></Cell><Cell label="Sumber">{word.source}</Cell>
            {mayConfigure && (
              <Cell label="Tindakan" actions>{holds(word, today) && <EndWord word={word} />}</Cell>
            )}
          </Row>
        ))}
      </Table>
    </Stack>
  </Card>
)

const EndWord = ({ word: { programme, list, code, validFrom, label } }: { word: KeptWord }) => (
  <PostButton action="/programmes/settings/words/ending" tone="quiet" small fields={{ programme, list, code, validFrom }}>{`Akhiri ${label}`}</PostButton>
)

const listsOf = (words: KeptWord[]) => [...new Set(words.map(({ list }) => list))].map((list) => ({ value: list, label: listLabel(list) }))

const Add = ({ programme, words, list, typed, problem, today }: Props) => words.length === 0 ? null : (
  <Confirm label="Tambah kata" open={Boolean(problem && typed.list !== undefined)}>
    <Form action="/programmes/settings/words">
      <HiddenField name="programme" value={programme.code} />
      <FieldRow>
        <SelectField name="list" label={LABELS.list} required value={typed.list ?? list} error={problem?.fields.list} options={listsOf(words)} />
        <TextField name="label" label={LABELS.label} required maxlength={100} width="medium" value={typed.label} error={problem?.fields.label} />
        <TextField name="code" label={LABELS.code} required maxlength={40} width="short" value={typed.code} error={problem?.fields.code} hint="Huruf kecil, angka, garis bawah." />
        <DateField name="validFrom" id="f-word-validFrom" label={LABELS.validFrom} required value={typed.validFrom ?? today} error={problem?.fields.validFrom} />
      </FieldRow>
      <TextField name="source" id="f-word-source" label={LABELS.source} required maxlength={300} value={typed.source} error={problem?.fields.source} />
      <Button>Tambah</Button>
    </Form>
  </Confirm>
)
