import type { Case } from '#app/reviews/case.ts'
import type { Filter } from '#app/reviews/queue.ts'
import { EvidencePanel } from '#views/evidence/panel.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { Keys, LinkButton } from '#views/ui/button.tsx'
import { HiddenField } from '#views/ui/field.tsx'
import { formatAge } from '#views/ui/format.ts'
import { AllAnswers, Changes, Mistakes } from '#views/reviews/answers.tsx'
import { DecisionBar } from '#views/reviews/decision.tsx'
import { Documents } from '#views/reviews/documents.tsx'
import { Circumstances, OtherPhotos, Past, Reason } from '#views/reviews/evidence.tsx'
import { queueQuery } from '#views/reviews/links.ts'
import { OUTCOMES } from '#views/visits/labels.ts'

export type CaseProps = { found: Case, filter: Filter, formKey: string, done?: string, now?: string }

export const CasePage = (props: CaseProps) => (
  <Keys>
    <CaseBody {...props} />
  </Keys>
)

// What htmx puts in the place of the case just decided; the new title travels with it.
export const CaseNext = (props: CaseProps) => (
  <>
    <title>{`${props.found.household.headName} · SIKS`}</title>
    <CaseBody {...props} fresh />
  </>
)

const CaseBody = ({ fresh, ...props }: CaseProps & { fresh?: boolean }) => {
  const { found, filter, formKey } = props
  const address = (verb: string) => `/reviews/${found.visit.id}/${verb}${queueQuery(filter, found.place)}`
  const decidable = !found.refusal
  return (
    <div id="periksa" class="stack">
      <Head {...props} fresh={fresh} />
      <form id="keputusan" method="post" action={address('approval')} class="form case" novalidate data-guard={decidable ? 'dirty' : undefined}
        hx-post={address('approval')} hx-target="#periksa" hx-swap="outerHTML show:window:top" hx-sync="this:drop">
        <HiddenField name="key" value={formKey} />
        <HiddenField name="revision" value={found.visit.revision} />
        {!decidable && <NotYours {...props} />}
        <Reason found={found} />
        <EvidencePanel evidence={found.evidence} />
        <div class="case-columns">
          <div class="stack">
            <Documents found={found} />
            <OtherPhotos found={found} />
            <Past found={found} />
          </div>
          <div class="stack">
            <Mistakes found={found} />
            <Changes found={found} />
            <Circumstances found={found} />
            <AllAnswers found={found} />
          </div>
        </div>
        {decidable && <DecisionBar found={found} returnAction={address('return')} filter={filter} />}
      </form>
    </div>
  )
}

const Head = ({ found: { household, visit, village, officerName }, filter, done, fresh, now = new Date().toISOString() }: CaseProps & { fresh?: boolean }) => (
  <header class="page-head">
    {done && <p class="decided" role="status"><Badge tone="good">{done}</Badge></p>}
    <nav aria-label="Jejak halaman" class="trail"><ol><li><a href={`/reviews${queueQuery(filter)}`}>Pemeriksaan</a></li></ol></nav>
    <div class="page-title">
      <h1 tabindex={-1} autofocus={fresh}>{household.headName}</h1>
      <Badge tone={visit.outcome === 1 ? 'info' : 'warn'}>{OUTCOMES[visit.outcome ?? 0] ?? 'Hasil belum diisi'}</Badge>
      {visit.submitCount > 1 && <Badge>Kiriman ke-{visit.submitCount}</Badge>}
    </div>
    <p class="lead-text">{[household.address, village].filter(Boolean).join(', ')} · dikunjungi {officerName}{visit.submittedAt && <> · dikirim {formatAge(visit.submittedAt, now)}</>}</p>
  </header>
)

const NotYours = ({ found: { refusal, reviews: [last], place }, filter }: CaseProps) => (
  <>
    <Notice tone="info" title={refusal === 'given' ? 'Anda sendiri yang mengisi nomor dari Dukcapil' : refusal === 'own' ? 'Ini hasil kunjungan Anda sendiri' : 'Data ini tidak sedang menunggu keputusan Anda'}>
      <p>{refusal === 'own' || refusal === 'given'
        ? 'Pemeriksa lain yang harus memutuskan.'
        : last ? `Terakhir ${last.outcome === 'approved' ? 'disetujui' : 'dikembalikan'} oleh ${last.by ?? 'pemeriksa lain'}.` : 'Lihat riwayatnya di halaman ini.'}</p>
    </Notice>
    <LinkButton href={`/reviews/next${queueQuery(filter, refusal === 'own' || refusal === 'given' ? place : undefined)}`} shortcut="n">Berikutnya</LinkButton>
  </>
)
