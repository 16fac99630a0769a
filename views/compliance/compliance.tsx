import type { Control, State } from '#app/compliance/control.ts'
import { STANDARD_WORDS, STATE_TONES, STATE_WORDS } from '#views/compliance/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Standard = keyof typeof STANDARD_WORDS
type Props = { standard: Standard, state?: State, counts: Record<State, number>, controls: Control[] }

const href = (standard: Standard, state?: State) => `?standard=${standard}${state ? `&state=${state}` : ''}`
const EXPLAINED: Record<State, string> = {
  met: 'Dilakukan sistem dan ditunjukkan tes', partly: 'Kekurangannya disebut di baris', office: 'Orang, ruang, dan perjanjian', none: 'Belum dilakukan',
}

export const CompliancePage = ({ standard, state, counts, controls }: Props) => (
  <Stack>
    <PageHead title="Peta kendali keamanan" lead="Apa yang diminta dua baku keamanan, apa yang dilakukan sistem ini untuk itu, di berkas mana, dan tes mana yang menunjukkannya. Kekurangan disebut apa adanya."
      actions={<LinkButton href={`/compliance/table.csv${href(standard, state)}`} download>Unduh CSV</LinkButton>} />
    <Tabs label="Baku" items={(Object.keys(STANDARD_WORDS) as Standard[]).map((one) => ({ href: `/compliance${href(one)}`, label: STANDARD_WORDS[one], current: one === standard }))} />
    <Stats items={(Object.keys(STATE_WORDS) as State[]).map((one) => ({
      label: STATE_WORDS[one], value: formatNumber(counts[one]), note: EXPLAINED[one], href: `/compliance${href(standard, one === state ? undefined : one)}`, tone: STATE_TONES[one],
    }))} />
    {state && <p>Hanya yang berkeadaan “{STATE_WORDS[state]}”. <a href={`/compliance${href(standard)}`}>Tampilkan semua</a></p>}
    {controls.length === 0 ? <EmptyState title="Tidak ada kendali dengan keadaan ini">Pilih keadaan lain di atas.</EmptyState> : (
      <Table caption={STANDARD_WORDS[standard]} hideCaption dense columns={['Kendali', 'Keadaan', 'Yang dilakukan', 'Kode program', 'Tes']}>
        {controls.map((control) => <ControlRow control={control} />)}
      </Table>
    )}
  </Stack>
)

const ControlRow = ({ control: { code, title, state, does, paths, tests, gap } }: { control: Control }) => (
  <Row>
    <Cell label="Kendali" lead><strong>{code}</strong> {title}</Cell>
    <Cell label="Keadaan"><Badge tone={STATE_TONES[state]}>{STATE_WORDS[state]}</Badge></Cell>
    <Cell label="Yang dilakukan">{does}{gap && <p>Kekurangan: {gap}</p>}</Cell>
    <Cell label="Kode program">{list(paths)}</Cell>
    <Cell label="Tes">{list(tests)}</Cell>
  </Row>
)

const list = (paths: string[]) => paths.length === 0 ? '–' : paths.map((path) => <div><code class="path">{path}</code></div>)
