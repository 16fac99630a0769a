import type { ListedPair, PairFilter, PairKind, PairPlace, PairStatus } from '#app/duplicates/list.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { Following } from '#app/integrity/following.ts'
import { KIND_WORDS, STATUS_WORDS } from '#views/duplicates/words.ts'
import { RegionPicker } from '#views/regions/picker.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton, PostButton } from '#views/ui/button.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatAge, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = {
  pairs: ListedPair[], filter: PairFilter, nextHref?: string, waiting: number, places: PlaceChoices, run?: Following, runs: boolean, formKey: string, now: string
}

export const PairsPage = ({ pairs, filter, nextHref, waiting, places, run, runs, formKey, now }: Props) => (
  <Stack>
    <PageHead title="Data ganda" badge={waiting > 0 ? <Badge tone="warn">{waiting >= 1000 ? 'Lebih dari 1.000' : formatNumber(waiting)} menunggu keputusan</Badge> : undefined}
      lead="Orang atau keluarga yang mungkin tercatat dua kali, di mana pun di Indonesia. Yang paling pasti lebih dahulu. Data di luar wilayah Anda disamarkan."
      actions={runs && run?.finishedAt ? <PostButton action="/duplicates/run" fields={{ key: formKey }} tone="secondary">Periksa ulang semua data</PostButton> : undefined} />
    <RunPart run={run} now={now} />
    <Narrowing filter={filter} places={places} />
    {pairs.length === 0
      ? <EmptyState title="Tidak ada pasangan di sini">{filter.status === 'open' ? 'Tidak ada data ganda yang menunggu keputusan.' : 'Pilih keadaan lain untuk melihat yang lain.'}</EmptyState>
      : (
        <>
          <Table caption={`${STATUS_WORDS[filter.status].label}, yang paling pasti lebih dahulu`} bodyId="pasangan" columns={['Data 1', 'Data 2', 'Dugaan', { label: 'Kemiripan', align: 'right' }, 'Alasan', 'Ditemukan']}>
            {pairs.map((pair) => <PairRow pair={pair} now={now} />)}
          </Table>
          <Pager bodyId="pasangan" nextHref={nextHref} />
        </>
      )}
  </Stack>
)

// While the run goes on the part looks again by itself.
export const RunPart = ({ run, now }: Pick<Props, 'run' | 'now'>) => run && run.finishedAt === null
  ? (
    <div id="pencarian" {...askingAgain('/duplicates/run', 3)}>
      <Card title="Seluruh data sedang diperiksa"><Progress label="Rumah tangga diperiksa" value={run.done} max={run.total} /><p class="hint">Berjalan di belakang layar, juga bila halaman ini ditutup.</p><noscript><p><LinkButton href="/duplicates">Muat ulang</LinkButton></p></noscript></Card>
    </div>
  )
  : <p class="hint" id="pencarian">{run?.finishedAt ? <>Seluruh data terakhir diperiksa <time datetime={run.finishedAt}>{formatAge(run.finishedAt, now)}</time>; setiap perubahan diperiksa dalam beberapa detik.</> : 'Pemeriksaan dimulai sebentar lagi.'}</p>

const Narrowing = ({ filter, places }: Pick<Props, 'filter' | 'places'>) => (
  <Filters action="/duplicates" clearHref={pairsQuery(filter) ? '/duplicates' : undefined} label="Saring pasangan">
    <SelectField name="status" label="Keadaan" required value={filter.status} blank="" options={(Object.keys(STATUS_WORDS) as PairStatus[]).map((value) => ({ value, label: STATUS_WORDS[value].label }))} />
    <SelectField name="kind" label="Dugaan" required value={filter.kind} blank="Semua" options={(Object.keys(KIND_WORDS) as PairKind[]).map((value) => ({ value, label: KIND_WORDS[value].label }))} />
    {'own' in places
      ? <SelectField name="region" label="Wilayah" required value={filter.region} blank="Semua wilayah saya" options={places.own.map(({ code, name }) => ({ value: code, label: name }))} />
      : places.levels.length > 0 && <details class="by-hand more-filters" open={filter.region !== '' && filter.region !== places.within}><summary>Wilayah</summary><RegionPicker levels={places.levels} within={places.within} legend="Wilayah" blank="Semua" /></details>}
  </Filters>
)

const PairRow = ({ pair, now }: { pair: ListedPair, now: string }) => (
  <Row>
    <Cell label="Data 1" lead><SideWords side={pair.one} href={`/duplicates/${pair.id}`} /></Cell>
    <Cell label="Data 2"><SideWords side={pair.other} /></Cell>
    <Cell label="Dugaan">
      <div>
        <Badge tone={KIND_WORDS[pair.kind].tone}>{KIND_WORDS[pair.kind].label}</Badge>
        {pair.people > 1 && <><br /><small class="hint">{pair.people} orang</small></>}
        {pair.votes && <><br /><small class="hint">satu wilayah menyatakan berbeda</small></>}
      </div>
    </Cell>
    <Cell label="Kemiripan" align="right">{pair.score}%</Cell>
    <Cell label="Alasan">{pair.reasons.join(', ')}</Cell>
    <Cell label="Ditemukan"><time datetime={pair.foundAt}>{formatAge(pair.foundAt, now)}</time></Cell>
  </Row>
)

const SideWords = ({ side, href }: { side: ListedPair['one'], href?: string }) => (
  <div>
    {href ? <a href={href}>{side.person ?? side.headName}</a> : side.person ?? side.headName}<br />
    <small class="hint">{side.person !== undefined && side.person !== side.headName && <>rumah tangga {side.headName}<br /></>}{side.place}{!side.mine && ' (di luar wilayah Anda)'}</small>
  </div>
)

export function pairsQuery({ status, kind, region }: PairFilter, after?: PairPlace) {
  const wanted = { status: status === 'open' ? '' : status, kind, region, after: after && `${after.score}~${after.number}` }
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value).map(([name, value]) => [name, String(value)])).toString()
  return query && `?${query}`
}
