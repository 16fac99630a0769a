import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { Outcome } from '#app/matching/matcher.ts'
import type { OutcomeCounts } from '#app/matching/overview.ts'
import type { ListedPerson, PersonPlace } from '#app/matching/work-list.ts'
import { OUTCOME_ADVICE, OUTCOME_LABELS } from '#views/matching/labels.ts'
import { peopleHref } from '#views/matching/overview.tsx'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton, PostButton } from '#views/ui/button.tsx'
import { HiddenField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, formatDateTime, maskNik } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = {
  people: ListedPerson[], next?: PersonPlace, outcome: Outcome, region: string, counts: OutcomeCounts, choices: PlaceChoices, mayRun: boolean, mayRepair: boolean
}

export const PeoplePage = (props: Props) => {
  const { people, next, outcome, region, counts } = props
  const repairs = props.mayRepair && isOpen(outcome)
  return (
    <div class="stack">
      <PageHead title={`Hasil pemadanan: ${OUTCOME_LABELS[outcome].label.toLowerCase()}`} trail={[{ href: '/matching', label: 'Pemadanan Dukcapil' }]} lead={OUTCOME_ADVICE[outcome]} />
      <Tabs label="Hasil" items={(Object.keys(OUTCOME_LABELS) as Outcome[]).map((one) => ({
        href: peopleHref(one, region), label: OUTCOME_LABELS[one].label, count: counts[one] ?? 0, current: one === outcome,
      }))} />
      {hasChoice(props.choices) && (
        <Filters action="/matching/people" clearHref={region ? peopleHref(outcome, '') : undefined} label="Pilih wilayah">
          <HiddenField name="outcome" value={outcome} /><PlaceField choices={props.choices} chosen={region} />
        </Filters>
      )}
      {props.mayRun && outcome === 'gangguan' && people.length > 0 && <AskNow />}
      {people.length === 0
        ? <EmptyState title="Tidak ada orang dengan hasil ini">Pilih hasil lain di atas, atau wilayah lain.</EmptyState>
        : (
          <>
            <Table caption={`${OUTCOME_LABELS[outcome].label}, menurut desa/kelurahan`} bodyId="orang" columns={columnsOf(outcome, repairs)}>
              {people.map((person) => <PersonRow person={person} outcome={outcome} repairs={repairs} />)}
            </Table>
            <Pager bodyId="orang" nextHref={next && `${peopleHref(outcome, region)}&after=${next.region}~${next.household}~${next.member}`} />
          </>
        )}
    </div>
  )
}

const AskNow = () => (
  <Notice><p>Tidak perlu menunggu bila layanan sudah pulih.</p><PostButton action="/matching/retrying" tone="secondary">Tanyakan lagi sekarang</PostButton></Notice>
)

const isOpen = (outcome: Outcome) => outcome !== 'padan' && outcome !== 'gangguan' && outcome !== 'belum_online'
const waits = (outcome: Outcome) => outcome === 'gangguan' || outcome === 'belum_online'

const columnsOf = (outcome: Outcome, repairs: boolean) => [
  'Nama di sini', 'Nama di Dukcapil', 'Alasan', 'Rumah tangga', waits(outcome) ? 'Ditanyakan lagi' : 'Dipadankan', ...(repairs ? [{ label: 'Tindakan', hide: true }] : []),
]

const PersonRow = ({ person, outcome, repairs }: { person: ListedPerson, outcome: Outcome, repairs: boolean }) => (
  <Row>
    <Cell label="Nama di sini" lead><span>{person.name}<br /><small class="hint number">{maskNik(person.nik)}</small></span></Cell>
    <Cell label="Nama di Dukcapil"><span>{person.registerName ?? '–'}{person.score !== null && <><br /><small class="hint">mirip {person.score}%</small></>}</span></Cell>
    <Cell label="Alasan"><span>{person.reasons.join(' ')}{person.mended && <> <Badge tone="info">Sudah diperbaiki, menunggu dipadankan lagi</Badge></>}</span></Cell>
    <Cell label="Rumah tangga"><span><a href={`/households/${person.householdId}`}>{person.headName}</a><br /><small class="hint">{person.village}</small></span></Cell>
    {waits(outcome)
      ? <Cell label="Ditanyakan lagi">{person.retryAt ? formatDateTime(person.retryAt) : 'Pada putaran berikutnya'}</Cell>
      : <Cell label="Dipadankan">{formatDate(person.at)}</Cell>}
    {repairs && <Cell label="Tindakan" actions>{!person.mended && <LinkButton small href={repairHref(person.householdId, outcome)}>{outcome === 'meninggal' ? 'Laporkan kematian' : 'Ajukan perbaikan'}<span class="unseen"> {person.name}</span></LinkButton>}</Cell>}
  </Row>
)

export const repairHref = (householdId: string, outcome: Outcome) => `/proposals/new?household=${householdId}&kind=${outcome === 'meninggal' ? 'death' : 'correction'}`
