import type { Setting } from '#app/backchecks/settings.ts'
import { TYPES } from '#views/backchecks/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { ActionBar, Button } from '#views/ui/button.tsx'
import { fieldId, HiddenField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Refusal = { message: string, fields: Record<string, string> }

export const ItemsPage = ({ settings, formKey, readsRounds, problem }: { settings: Setting[], formKey: string, readsRounds: boolean, problem?: Refusal }) => (
  <Stack>
    <PageHead title="Isian kunjungan ulang" trail={readsRounds ? [{ href: '/backchecks', label: 'Kunjungan ulang' }] : []} lead="Pilih apa yang ditanyakan pada kunjungan ulang dan seberapa tetap jawabannya. Putaran yang sudah direncanakan tidak berubah." />
    {problem && <ProblemPanel problem={problem} />}
    <Card title="Jenis isian">
      <ul>{Object.entries(TYPES).map(([type, { words, hint }]) => <li><strong>{type}. {words}.</strong> {hint}</li>)}</ul>
      <p class="hint">Toleransi: persen untuk angka, meter untuk letak rumah. Jawaban dalam toleransi dianggap sama.</p>
    </Card>
    <Form action="/backchecks/items">
      <HiddenField name="key" value={formKey} />
      <SettingsTable caption="Ditanyakan sekarang" settings={settings.filter(({ isAsked }) => isAsked)} />
      <details class="card all-answers">
        <summary><h2>Isian lain yang bisa ditambahkan</h2></summary>
        <SettingsTable caption="Belum ditanyakan" settings={settings.filter(({ isAsked }) => !isAsked)} />
      </details>
      <ActionBar><Button>Simpan isian</Button></ActionBar>
    </Form>
  </Stack>
)

const SettingsTable = ({ caption, settings }: { caption: string, settings: Setting[] }) => (
  <Table caption={caption} dense columns={['Isian', 'Ditanyakan', 'Jenis', 'Toleransi']}>
    {settings.map(({ key, label, number, isAsked, type, tolerance }) => (
      <Row>
        <Cell label="Isian" lead>{[number, label].filter(Boolean).join('. ')}</Cell>
        <Cell label="Ditanyakan"><label class="choice"><input type="checkbox" name="items" value={key} checked={isAsked} id={fieldId(`items-${key}`)} /><span>Ya<span class="unseen"> {label}</span></span></label></Cell>
        <Cell label="Jenis">
          <select name={`type.${key}`} aria-label={`Jenis ${label}`}>{Object.entries(TYPES).map(([value, { words }]) => <option value={value} selected={Number(value) === type}>{words}</option>)}</select>
        </Cell>
        <Cell label="Toleransi"><input type="number" class="short" name={`tolerance.${key}`} min={0} max={1000} step="any" value={String(tolerance)} aria-label={`Toleransi ${label}`} /></Cell>
      </Row>
    ))}
  </Table>
)
