import type { Batch } from '#app/ratification/batches.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { DECISIONS } from '#views/ratification/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm } from '#views/ui/button.tsx'
import { TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import type { Child } from '#views/ui/types.ts'

export type Show = 'all' | 'failing' | 'pending'
export const PAGE = 50

type Props = {
  batch: Batch, show: Show, actor: Actor, title: string, empty: string
  // base: the list's own address. decideAt: under it lie acceptance and return. after: where the next page begins, if there is one.
  base: string, decideAt: string, isEmpty: boolean, after: string | undefined
  rows: (choosing: boolean) => Child
}

// What lies in a batch, visits or usulan: all of it, what fails, what waits for the ministry's word, and the form for that.
export const Contents = ({ batch, show, actor, title, empty, base, decideAt, isEmpty, after, rows }: Props) => {
  const deciding = batch.status === 'dispatched' && can(actor, 'batch.determine')
  return (
    <>
      <PageHead title={title} lead={batch.title} trail={[{ href: '/batches', label: 'Pengesahan' }, { href: `/batches/${batch.id}`, label: batch.title }]} />
      <Tabs label="Saringan" items={[
        { href: base, label: 'Semua', current: show === 'all' },
        { href: `${base}?show=failing`, label: 'Belum lolos kriteria', current: show === 'failing' },
        { href: `${base}?show=pending`, label: 'Belum diputuskan', current: show === 'pending' },
      ]} />
      {isEmpty ? <EmptyState title={empty} /> : deciding ? <Deciding at={decideAt}>{rows(true)}</Deciding> : rows(false)}
      <Pager nextHref={after === undefined ? undefined : `${base}?show=${show}&after=${after}`} />
    </>
  )
}

const Deciding = ({ at, children }: { at: string, children?: Child }) => (
  <Form action={`${at}/acceptance`}>
    {children}
    <TextField name="reason" label="Alasan (wajib bila mengembalikan)" maxlength={500} />
    <ActionBar>
      <Button>Tetapkan yang dipilih</Button>
      <Button tone="danger" formaction={`${at}/return`}>Kembalikan yang dipilih</Button>
    </ActionBar>
  </Form>
)

export const Failures = ({ failures }: { failures: { gate: string, message: string }[] }) => failures.length === 0
  ? <Badge tone="good">Lolos</Badge>
  : <ul>{failures.map(({ gate, message }) => <li>{`(${gate}) ${message}`}</li>)}</ul>

export const Decided = ({ decision, reason }: { decision: string, reason: string }) => (
  <><Badge tone={DECISIONS[decision]!.tone}>{DECISIONS[decision]!.label}</Badge>{reason && <p>{reason}</p>}</>
)

// id: of the household or usulan; what: in words.
export const Removal = ({ batch, actor, action, id, what }: { batch: Batch, actor: Actor, action: string, id: string, what: string }) =>
  batch.status !== 'open' || !can(actor, 'batch.prepare') ? null : (
    <Confirm label="Keluarkan" small>
      <Form action={action}>
        <TextArea name="note" label={`Alasan mengeluarkan ${what}`} id={`note-${id}`} required rows={2} maxlength={500} />
        <Button tone="danger" small>Keluarkan dari berkas</Button>
      </Form>
    </Confirm>
  )
