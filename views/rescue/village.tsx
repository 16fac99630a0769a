import type { RescueCase, RescueItem, Show, Village } from '#app/rescue/cases.ts'
import type { Actor } from '#app/users/actor.ts'
import { countdown } from '#views/rescue/countdown.ts'
import { DANGERS, REASON_LABELS, REASONS, reasonTone, repairWords } from '#views/rescue/labels.ts'
import { wayOut } from '#views/rescue/repair.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { HiddenField, SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, formatDateTime, formatShortDate } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead } from '#views/ui/page.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export type CaseWithItems = RescueCase & { items: RescueItem[] }
type Filter = { show: Show, reason?: RescueItem['reason'] }
type Props = { village: Village, cases: CaseWithItems[], next?: string, filter: Filter, actor: Actor, now: string }

const query = ({ show, reason }: Filter, after?: string) => {
  const text = new URLSearchParams({ ...(show === 'saved' && { show }), ...(reason && { reason }), ...(after && { after }) }).toString()
  return text && `?${text}`
}

export const VillagePage = ({ village, cases, next, filter, actor, now }: Props) => {
  const own = `/rescue/${village.code}`
  return (
    <div class="stack">
      <PageHead title={`Penyelamatan ${village.name}`} trail={[{ href: '/rescue', label: 'Daftar penyelamatan' }]} lead={village.places.slice(1).join(', ')}
        actions={<LinkButton href={`${own}/print`}>Cetak daftar</LinkButton>} />
      <Notice tone="warn" title={countdown(village.list.cutoffOn, now)}><p>{village.list.periodName}: batas waktu {formatDate(village.list.cutoffOn)} pukul 24.00 WIB.</p></Notice>
      <Tabs label="Keadaan" items={[
        { href: `${own}${query({ ...filter, show: 'open' })}`, label: 'Masih terancam', current: filter.show === 'open' },
        { href: `${own}${query({ show: 'saved' })}`, label: 'Sudah diselamatkan', current: filter.show === 'saved' },
      ]} />
      {filter.show === 'open' && (
        <Filters action={own} clearHref={filter.reason ? own : undefined} label="Saring menurut alasan">
          <HiddenField name="show" value="open" />
          <SelectField name="reason" label="Alasan" required blank="Semua alasan" value={filter.reason} options={REASONS.map((value) => ({ value, label: REASON_LABELS[value] }))} />
        </Filters>
      )}
      {cases.length === 0 ? <Nothing filter={filter} own={own} /> : <Cases cases={cases} next={next} filter={filter} own={own} actor={actor} />}
    </div>
  )
}

const Nothing = ({ filter, own }: { filter: Filter, own: string }) => filter.show === 'saved'
  ? <EmptyState title="Belum ada yang diselamatkan pada periode ini">Rumah tangga pindah ke sini begitu semua alasannya selesai.</EmptyState>
  : filter.reason
    ? <EmptyState title="Tidak ada yang terancam karena alasan ini" action={<LinkButton href={own}>Tampilkan semua alasan</LinkButton>} />
    : <EmptyState title="Tidak ada yang terancam di desa/kelurahan ini" />

type ListProps = Pick<Props, 'cases' | 'next' | 'filter' | 'actor'> & { own: string }

const Cases = ({ cases, next, filter, own, actor }: ListProps) => (
  <Card>
    <Table caption={filter.show === 'open' ? 'Rumah tangga yang masih terancam' : 'Rumah tangga yang sudah diselamatkan, yang terbaru di atas'} hideCaption bodyId="terancam"
      columns={['Rumah tangga', 'Alasan dan perbaikannya']}>
      {cases.map((one) => (
        <Row>
          <Cell label="Rumah tangga" lead>
            <div>
              <a href={`/households/${one.id}`}>{one.headName}</a>
              <p class="hint">{[one.address, one.slsName].filter(Boolean).join(', ')}{one.officerName && ` · petugas ${one.officerName}`}</p>
              {filter.show === 'open' ? <Badge tone={DANGERS[one.danger].tone}>{DANGERS[one.danger].label}</Badge> : <Badge tone="good">{`Selamat sejak ${formatDateTime(one.savedAt)}`}</Badge>}
            </div>
          </Cell>
          <Cell label="Alasan dan perbaikannya"><Items one={one} actor={actor} /></Cell>
        </Row>
      ))}
    </Table>
    <Pager bodyId="terancam" nextHref={next && `${own}${query(filter, next)}`} />
  </Card>
)

// Each way out is offered once, under the last of the reasons it mends.
const Items = ({ one, actor }: { one: CaseWithItems, actor: Actor }) => {
  const open = one.items.filter(({ repairedAt }) => repairedAt === null)
  const ways = new Map(open.map(({ reason, key }) => wayOut(actor, one, reason, key)).map(({ href, label }) => [href, label]))
  return (
    <div>
      <ul class="bulleted">
        {open.map(({ reason, message, foundAt }) => (
          <li><Badge tone={reasonTone(reason)}>{REASON_LABELS[reason]}</Badge> {message} <small class="hint">sejak {formatShortDate(foundAt)}</small></li>
        ))}
        {one.items.filter(({ repairedAt }) => repairedAt !== null).map(({ reason, message, repairedAt, repairedBy, byId, repairedHow }) => (
          <li><Badge tone="good">Diperbaiki</Badge> <del>{REASON_LABELS[reason]}: {message}</del> <small class="hint">{formatDateTime(repairedAt)}{byId && `, ${repairedBy ?? 'sistem'}`}, {repairWords(repairedHow)}</small></li>
        ))}
      </ul>
      {ways.size > 0 && <p class="badges">{[...ways].map(([href, label]) => <LinkButton small href={href}>{label}<span class="unseen"> untuk {one.headName}</span></LinkButton>)}</p>}
    </div>
  )
}
