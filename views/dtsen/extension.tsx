import type { Period } from '#app/dtsen/extension.ts'
import { DTSEN, DTSEN_OF_MEMBER } from '#app/questionnaire/2026/dtsen.ts'
import type { PickerLevel } from '#app/regions/picker.ts'
import { RegionPicker } from '#views/regions/picker.tsx'
import { Badge, type Tone } from '#views/ui/badge.tsx'
import { Button, Confirm } from '#views/ui/button.tsx'
import { DateField, HiddenField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import { ProblemPanel } from '#views/problem.tsx'

export type ExtensionTyped = { region?: string, validFrom?: string, validTo?: string, source?: string }
type Props = {
  periods: Period[], levels: PickerLevel[], key: string, typed: ExtensionTyped, today: string
  problem?: { message: string, fields: Record<string, string>, status?: number }
}

export const ExtensionPage = ({ periods, levels, key, typed, today, problem }: Props) => (
  <Stack>
    <PageHead title="Isian tambahan DTSEN"
      lead={`${DTSEN.length + DTSEN_OF_MEMBER.length} isian pilihan yang ditanyakan hanya di kabupaten/kota tempat Anda memberlakukannya. Tidak satu pun wajib dijawab.`} />
    {problem && <ProblemPanel problem={problem} />}
    <Card title="Berlakukan">
      <Form action="/dtsen/extension">
        <HiddenField name="key" value={key} />
        <RegionPicker levels={levels} legend="Kabupaten/kota" error={problem?.fields.region} showAction="/dtsen/extension" />
        <div class="field-row">
          <DateField name="validFrom" label="Mulai" required value={typed.validFrom ?? today} min={today} error={problem?.fields.validFrom} />
          <DateField name="validTo" label="Sampai" value={typed.validTo} min={today} hint="Kosongkan bila belum ditentukan." error={problem?.fields.validTo} />
        </div>
        <TextField name="source" label="Dasar" required value={typed.source} maxlength={200} hint="Misalnya nomor surat Pusdatin." error={problem?.fields.source} />
        <div class="action-bar"><Button>Berlakukan</Button></div>
      </Form>
    </Card>
    <Periods periods={periods} />
    <Card title="Isian yang ditanyakan">
      <details>
        <summary>Lihat semua isian dan pilihannya</summary>
        <Questions caption="Tentang rumah tangga" questions={DTSEN} />
        <Questions caption="Tentang setiap anggota" questions={DTSEN_OF_MEMBER} />
      </details>
    </Card>
  </Stack>
)

const STATES: Record<Period['state'], { label: string, tone: Tone }> = {
  on: { label: 'Berlaku', tone: 'good' }, coming: { label: 'Akan berlaku', tone: 'info' }, over: { label: 'Sudah berakhir', tone: 'neutral' },
}

const Periods = ({ periods }: { periods: Period[] }) => periods.length === 0
  ? <EmptyState title="Belum diberlakukan di mana pun">Kunjungan di semua kabupaten/kota memakai isian verivali saja.</EmptyState>
  : (
    <Table caption="Masa berlaku" columns={['Kabupaten/kota', 'Keadaan', 'Mulai', 'Sampai', 'Dasar', 'Oleh', { label: 'Tindakan', hide: true }]}>
      {periods.map(({ id, regionName, state, validFrom, validTo, source, setBy }) => (
        <Row>
          <Cell label="Kabupaten/kota" lead>{regionName}</Cell>
          <Cell label="Keadaan"><Badge tone={STATES[state].tone}>{STATES[state].label}</Badge></Cell>
          <Cell label="Mulai">{formatDate(validFrom)}</Cell>
          <Cell label="Sampai">{validTo ? formatDate(validTo) : 'Belum ditentukan'}</Cell>
          <Cell label="Dasar">{source}</Cell>
          <Cell label="Oleh">{setBy}</Cell>
          <Cell label="Tindakan" actions>
            {state !== 'over' && (
              <Confirm label="Akhiri" small>
                <Form action={`/dtsen/extension/${id}/ending`} guard={false}>
                  <p>Kunjungan yang dimulai mulai sekarang tidak memuat isian tambahan. Yang sudah dijawab tetap tersimpan.</p>
                  <Button tone="danger">Ya, akhiri</Button>
                </Form>
              </Confirm>
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  )

const Questions = ({ caption, questions }: { caption: string, questions: typeof DTSEN }) => (
  <Table caption={caption} dense columns={['Nomor', 'Isian', 'Pilihan']}>
    {questions.map(({ number, label, type, options = [] }) => (
      <Row>
        <Cell label="Nomor">{number}</Cell>
        <Cell label="Isian" lead>{label}</Cell>
        <Cell label="Pilihan">{type === 'yesno' ? 'Ya, Tidak' : options.map((option) => option.label).join(', ') || (type === 'text' ? 'tulisan' : 'angka')}</Cell>
      </Row>
    ))}
  </Table>
)
