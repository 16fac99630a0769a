import type { CaseView } from '#app/protection/cases.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { KINDS as PROPOSAL_KINDS, STATUSES } from '#views/proposals/labels.ts'
import { heldWords } from '#views/proposals/standing.tsx'
import { newHref } from '#views/proposals/links.ts'
import { Clock } from '#views/protection/clock.tsx'
import { CASE_ADVICE, CASE_KINDS, CASE_STATUS, CASES_TRAIL, RELATIONS, STEPS } from '#views/protection/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton, PostButton } from '#views/ui/button.tsx'
import { Checkbox, DateField, Fieldset, HiddenField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Facts, Narrow, PageHead, Timeline } from '#views/ui/page.tsx'

type Refusal = { message: string, fields: Record<string, string> }
type Props = { view: CaseView, now: string, typed: Record<string, string>, problem?: Refusal }

export const CasePage = ({ view, now, typed, problem }: Props) => {
  const { case: found, restriction, person, place, steps, proposals } = view
  const status = CASE_STATUS[found.status]
  return (
    <Narrow>
      <PageHead title={`Permohonan ${found.number}: ${CASE_KINDS[found.kind].toLowerCase()}`} trail={CASES_TRAIL} badge={<Badge tone={status.tone}>{status.words}</Badge>} />
      {problem && <ProblemPanel problem={problem} labels={{ reply: 'Jawaban atau alasan', held: 'Yang dibatasi', untilOn: 'Sampai tanggal', note: 'Sebab diakhiri' }} />}
      <Card title="Waktu 3 × 24 jam" tone={found.status === 'open' && found.dueAt < now ? 'bad' : undefined}>
        <Clock from={found.receivedAt} due={found.dueAt} now={now} closedAt={found.closedAt ?? undefined} marks={steps.map(({ at, kind }) => ({ at, words: STEPS[kind]?.words ?? kind }))} />
        <Facts items={[
          { label: 'Tentang', value: person }, { label: 'Desa', value: place }, { label: 'Pemohon', value: found.asker || '(sudah dihapus)' }, { label: 'Hubungan', value: RELATIONS[found.relation] },
          { label: 'Identitas diperiksa dengan', value: found.identity, wide: true }, ...(found.wish ? [{ label: 'Yang diminta', value: found.wish, wide: true }] : []),
          { label: 'Diterima', value: formatDateTime(found.receivedAt) }, { label: 'Batas jawaban', value: formatDateTime(found.dueAt) }, ...(found.reply ? [{ label: found.status === 'refused' ? 'Alasan penolakan' : 'Jawaban', value: found.reply, wide: true }] : []),
        ]} />
      </Card>
      <Card title="Salinan data pribadi">
        <p>Semua yang tercatat tentang orang ini: isian, versi, kunjungan, program, pemadanan, berkas keluar, dan siapa yang membukanya. Setiap kali dibuat, tercatat.</p>
        <PostButton action={`/protection/cases/${found.id}/file`} tone="secondary">Buat salinan untuk dicetak</PostButton>
      </Card>
      <Card title={found.kind === 'access' || found.kind === 'correction' ? 'Perbaikan' : CASE_KINDS[found.kind]}>
        {proposals.length > 0 && <ul class="plain">{proposals.map(({ id, kind, status: at, proposedAt }) => <li><a href={`/proposals/${id}`}>{PROPOSAL_KINDS[kind].label}</a>, {formatDate(proposedAt)} <Badge tone={STATUSES[at].tone}>{STATUSES[at].label}</Badge></li>)}</ul>}
        {found.status === 'open' ? (
          <>
            <p>{CASE_ADVICE[found.kind] || CASE_ADVICE.correction}</p>
            <ActionBar>
              {found.kind === 'erasure' && <LinkButton href={newHref('deactivation', { household: found.householdId })}>Ajukan nonaktif</LinkButton>}
              <LinkButton href={newHref('correction', { household: found.householdId })} tone={found.kind === 'erasure' ? 'secondary' : undefined}>Ajukan perbaikan</LinkButton>
            </ActionBar>
          </>
        ) : proposals.length === 0 && <p class="hint">Tidak ada usulan.</p>}
      </Card>
      {found.status === 'open' && (
        <Card title="Jawab pemohon">
          <Form action={`/protection/cases/${found.id}/reply`}>
            <HiddenField name="revision" value={found.revision} />
            <TextArea name="reply" label="Jawaban atau alasan" required rows={5} maxlength={4000} value={typed.reply} error={problem?.fields.reply} hint="Tulis apa yang diberikan dan dengan cara apa. Penolakan harus beralasan, misalnya pemohon tidak berhak atau pasal 15." />
            {found.kind === 'restriction' && <Holding typed={typed} problem={problem} />}
            <ActionBar><Button name="status" value="answered">Sudah dijawab</Button><Button name="status" value="refused" tone="danger">Tolak</Button></ActionBar>
          </Form>
        </Card>
      )}
      {found.kind === 'restriction' && found.status === 'answered' && <Restriction id={found.id} restriction={restriction} typed={typed} problem={problem} />}
      <Card title="Riwayat">
        <Timeline items={[...steps].reverse().map(({ kind, at, by, note }) => ({ title: STEPS[kind]?.words ?? kind, at: formatDateTime(at), iso: at, by: by ?? 'Sistem', note: note || undefined, tone: STEPS[kind]?.tone ?? 'neutral' }))} />
      </Card>
    </Narrow>
  )
}

type Typed = Pick<Props, 'typed' | 'problem'>

const Holding = ({ typed, problem }: Typed) => (
  <>
    <Fieldset legend="Yang dibatasi bila dikabulkan" id="f-held" error={problem?.fields.held}>
      <Checkbox name="exports" checked={typed.exports === '1'} label="Berkas ekspor: barisnya ditinggalkan dari setiap berkas yang keluar, kecuali daftar salur" />
      <Checkbox name="programmes" checked={typed.programmes === '1'} label="Program baru: tidak masuk hasil kelayakan, tidak bisa diusulkan" />
    </Fieldset>
    <DateField name="untilOn" label="Sampai tanggal" value={typed.untilOn} error={problem?.fields.untilOn} hint="Kosongkan bila sampai diakhiri." />
  </>
)

const Restriction = ({ id, restriction, typed, problem }: Typed & { id: string, restriction: CaseView['restriction'] }) => restriction ? (
  <Card title="Pembatasan yang berlaku" tone="warn">
    <p>{`Sejak ${formatDateTime(restriction.since)}${restriction.untilOn ? `, sampai ${formatDate(restriction.untilOn)}` : ', sampai diakhiri'}. ${heldWords(restriction)}`}</p>
    <Form action={`/protection/cases/${id}/release`}>
      <TextArea name="note" label="Sebab diakhiri" required rows={2} maxlength={1000} value={typed.note} error={problem?.fields.note} />
      <Button>Akhiri pembatasan</Button>
    </Form>
  </Card>
) : (
  <Card title="Tidak ada pembatasan yang berlaku">
    <Form action={`/protection/cases/${id}/restriction`}>
      <Holding typed={typed} problem={problem} />
      <TextArea name="reply" label="Alasan" required rows={2} maxlength={1000} value={typed.reply} error={problem?.fields.reply} />
      <Button tone="secondary">Batasi</Button>
    </Form>
  </Card>
)
