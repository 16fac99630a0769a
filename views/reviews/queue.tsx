import type { ListFilters } from '#app/filters/filters.ts'
import type { Filter, readQueue, WaitingCase } from '#app/reviews/queue.ts'
import type { Level } from '#app/reviews/levels.ts'
import { exportHref } from '#views/exports/links.ts'
import { SavedFilters } from '#views/filters/chips.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, Keys, LinkButton } from '#views/ui/button.tsx'
import { drawnOnce } from '#views/ui/drawn.ts'
import { HiddenField, SelectField } from '#views/ui/field.tsx'
import { Filters, Form } from '#views/ui/form.tsx'
import { formatAge, formatDuration, formatNumber, maskNik } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stats } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import { queueQuery } from '#views/reviews/links.ts'
import { OUTCOMES } from '#views/visits/labels.ts'

export type QueueProps = ReturnType<typeof readQueue> & {
  level: Level
  filter: Filter
  filters: ListFilters
  formKey: string
  now?: string
}

const LEAD: Record<Level, string> = {
  1: 'Hasil kunjungan yang menunggu pemeriksaan pertama',
  2: 'Hasil kunjungan yang sudah disetujui pengawas/korcam dan menunggu keputusan Dinsos',
}
const ORDER = { time: 'yang paling lama menunggu lebih dahulu', weight: 'yang tandanya paling berat lebih dahulu' }

export const QueuePage = (props: QueueProps) => (
  <Keys>
    <div class="stack">
      <PageHead title="Pemeriksaan" lead={`${LEAD[props.level]}, ${ORDER[props.filter.order ?? 'time']}.`} actions={props.counts.waiting > 0 && <>
        <LinkButton href={`/reviews/next${queueQuery(props.filter)}`} tone="primary" shortcut="m">Mulai memeriksa</LinkButton>
        <LinkButton href={exportHref('reviews', queueQuery(props.filter))}>Ekspor</LinkButton>
      </>} />
      <Figures {...props} />
      <Narrowing filter={props.filter} choices={props.choices} />
      <SavedFilters {...props.filters} />
      {props.cases.length === 0 ? <NothingWaits filter={props.filter} /> : <ChosenTogether {...props} />}
    </div>
  </Keys>
)

const Figures = ({ level, counts, now = new Date().toISOString() }: QueueProps) => (
  <Stats items={[
    { label: 'Menunggu', value: formatNumber(counts.waiting), note: counts.oldest ? `Terlama ${formatAge(counts.oldest, now)}` : 'Antrean kosong' },
    { label: 'Ada tanda', value: formatNumber(counts.flagged), note: 'Baca tandanya sebelum memutuskan', tone: counts.flagged ? 'warn' : 'neutral' },
    ...(level === 1 ? [{ label: 'Diperiksa ulang', value: formatNumber(counts.rechecks), note: 'Dikembalikan Dinsos, atau nomornya baru', tone: counts.rechecks ? 'bad' as const : 'neutral' as const }] : []),
  ]} />
)

const Narrowing = drawnOnce(({ filter, choices }: Pick<QueueProps, 'filter' | 'choices'>) => (
  <Filters action="/reviews" clearHref={queueQuery(filter) ? '/reviews' : undefined} label="Saring antrean">
    <SelectField name="village" label="Desa/kelurahan" required value={filter.village} blank="Semua desa"
      options={choices.villages.map(({ code, name, waiting }) => ({ value: code, label: `${name} (${formatNumber(waiting)})` }))} />
    {choices.officers
      ? <SelectField name="officer" label="Petugas" required value={filter.officer} blank="Semua petugas"
          options={choices.officers.map(({ id, name, waiting }) => ({ value: id, label: `${name} (${formatNumber(waiting)})` }))} />
      : <p class="hint">Pilih satu desa untuk dapat memilih petugasnya.</p>}
    <SelectField name="outcome" label="Hasil kunjungan" required value={filter.outcome} blank="Semua hasil"
      options={Object.entries(OUTCOMES).map(([value, label]) => ({ value, label }))} />
    <SelectField name="flags" label="Tanda" required value={filter.flags} blank="Semua"
      options={[{ value: 'yes', label: 'Ada tanda' }, { value: 'no', label: 'Tanpa tanda' }]} />
    <SelectField name="order" label="Urutan" required value={filter.order} blank="Paling lama menunggu dahulu"
      options={[{ value: 'weight', label: 'Paling perlu dilihat dahulu' }]} />
  </Filters>
), 100)

const NothingWaits = ({ filter }: { filter: Filter }) => queueQuery(filter)
  ? <EmptyState title="Tidak ada data yang cocok dengan saringan ini" action={<LinkButton href="/reviews">Tampilkan semua</LinkButton>} />
  : <EmptyState title="Antrean selesai">Tidak ada hasil kunjungan yang menunggu pemeriksaan Anda.</EmptyState>

// Both show first what exactly would be approved: the boxes that were ticked, or all of the queue that the filter names.
const ChosenTogether = ({ filter, cases, next, formKey, now = new Date().toISOString() }: QueueProps) => (
  <Form action="/bulk/approval" guard={false} hx-post="/bulk/approval" hx-sync="this:drop">
    <HiddenField name="key" value={formKey} />
    {filter.village && <HiddenField name="village" value={filter.village} />}
    {filter.officer && <HiddenField name="holder" value={filter.officer} />}
    {filter.outcome && <HiddenField name="outcome" value={filter.outcome} />}
    {filter.flags && <HiddenField name="flags" value={filter.flags} />}
    <Table caption="Menunggu pemeriksaan" bodyId="menunggu" columns={[
      'Kepala rumah tangga', 'Desa', 'Petugas', 'Hasil', { label: 'Wawancara', align: 'right' }, 'Tanda', 'Menunggu',
    ]}>
      <CaseRows cases={cases} query={queueQuery(filter)} now={now} />
    </Table>
    <Pager nextHref={next && `/reviews${queueQuery(filter, next)}`} bodyId="menunggu" />
    <ActionBar>
      {cases.some(mayBeApprovedUnseen) && <label class="choice" data-choose-all="visit" hidden><input type="checkbox" /><span>Pilih semua yang tampil</span></label>}
      <Confirm label="Setujui bersama">
        <p>Tanpa dibuka satu per satu. Hanya data tanpa tanda, selesai dicacah, dan belum pernah dikembalikan; pada pemeriksaan pertama hanya yang kepala rumah tangganya padan di Dukcapil. Anda melihat daftarnya dahulu, dan bisa mengurungkannya dalam sepuluh menit.</p>
        <ActionBar>
          {cases.some(mayBeApprovedUnseen) && <Button>Setujui yang dipilih…</Button>}
          <Button tone="secondary" name="scope" value="all">Setujui semua yang cocok saringan…</Button>
        </ActionBar>
      </Confirm>
      <LinkButton tone="quiet" href="/bulk">Tindakan massal</LinkButton>
    </ActionBar>
  </Form>
)

const mayBeApprovedUnseen = ({ flagCount, judged, outcome, sentBack }: WaitingCase) => flagCount === 0 && judged === 1 && outcome === 1 && !sentBack

const CaseRows = ({ cases, query, now }: { cases: WaitingCase[], query: string, now: string }) => (
  <>{cases.map((waiting) => <CaseRow waiting={waiting} query={query} age={formatAge(waiting.stageAt, now)} />)}</>
)

const CaseRow = ({ waiting, query, age }: { waiting: WaitingCase, query: string, age: string }) => (
  <Row id={`case-${waiting.visitId}`} tone={waiting.stage === 'recheck' ? 'bad' : waiting.flagCount > 0 ? 'warn' : undefined}>
    <Cell label="Kepala rumah tangga" lead>
      <div class="pickable">
        {mayBeApprovedUnseen(waiting)
          ? <label class="pick"><input type="checkbox" name="visit" value={`${waiting.visitId}:${waiting.revision}`} /><span class="unseen">Pilih {waiting.headName}</span></label>
          : <span class="pick" />}
        <div><a href={`/reviews/${waiting.visitId}${query}`}>{waiting.headName}</a><br /><small class="hint">{maskNik(waiting.headNik)}</small></div>
      </div>
    </Cell>
    <Cell label="Desa">{waiting.village}</Cell>
    <Cell label="Petugas">{waiting.officerName}</Cell>
    <Cell label="Hasil">{OUTCOMES[waiting.outcome ?? 0] ?? '–'}</Cell>
    <Cell label="Wawancara" align="right">{formatDuration(waiting.activeMs)}</Cell>
    <Cell label="Tanda">
      <span class="badges">
        {waiting.noCard === 1 && <><Badge tone="warn">Tanpa KK</Badge> </>}
        {waiting.flagCount > 0 ? <Badge tone="warn">{waiting.flagCount} tanda, bobot {waiting.flagWeight}</Badge> : waiting.judged ? 'Tidak ada ' : <Badge>Bukti masih dinilai</Badge>}
        {waiting.newNumbers === 1 && <Badge tone="info">Nomor baru dari Dukcapil</Badge>}
        {waiting.stage === 'recheck' && waiting.newNumbers === 0 && <Badge tone="bad">Dikembalikan Dinsos</Badge>}
        {waiting.status === 'verified' && <Badge tone="bad">Kembali sesudah disetujui</Badge>}
      </span>
    </Cell>
    <Cell label="Menunggu"><time datetime={waiting.stageAt}>{age}</time></Cell>
  </Row>
)
