import type { Verdict } from '#app/backchecks/items.ts'
import type { Pair } from '#app/backchecks/judging.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { MEETING, STATE, TYPES, VERDICT } from '#views/backchecks/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { taskHref } from '#views/tasks/links.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { fieldId, HiddenField, SelectField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime, formatDuration } from '#views/ui/format.ts'
import { Card, Columns, Facts, PageHead, Stack, Timeline } from '#views/ui/page.tsx'
import { Photo, PhotoGrid } from '#views/ui/photo.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Refusal = { message: string, fields: Record<string, string> }
type Props = { pair: Pair, formKey: string, mayMakeTask: boolean, mayReview: boolean, problem?: Refusal }

export const PairPage = ({ pair, formKey, mayMakeTask, mayReview, problem }: Props) => {
  const { backcheck, round, household, village, isDone } = pair
  return (
    <Stack>
      <PageHead title={household.headName} trail={[{ href: '/backchecks', label: 'Kunjungan ulang' }, { href: `/backchecks/${round.id}`, label: round.title }]}
        badge={<Badge tone={STATE[backcheck.status].tone}>{STATE[backcheck.status].words}</Badge>} lead={[household.address, village].filter(Boolean).join(', ')}
        actions={<>
          {!household.hasMoved && <LinkButton href={`/households/${household.id}`}>Buka rumah tangga</LinkButton>}
          {mayMakeTask && <LinkButton href={taskHref({ title: `Kunjungan ulang ${household.headName}`, about: `backcheck:${backcheck.id}` })}>Buat tugas</LinkButton>}
        </>} />
      {problem && <ProblemPanel problem={problem} />}
      {!isDone && <Waiting pair={pair} formKey={formKey} problem={problem} />}
      {pair.doubt && <Notice tone="warn" title={DOUBTS[pair.doubt][0]}><p>{DOUBTS[pair.doubt][1]}</p></Notice>}
      {isDone && <SideBySide pair={pair} mayReview={mayReview} />}
      {isDone && <Answers pair={pair} formKey={formKey} />}
      {pair.judgements.length > 0 && (
        <Card title="Penilaian">
          <Timeline items={[...pair.judgements].reverse().map(({ judgedAt, label, verdict, by, note }) => ({
            at: formatDateTime(judgedAt), iso: judgedAt, by, note: note || undefined, title: `${label}: ${VERDICT[verdict]}`, tone: verdict === 'officer_wrong' ? 'bad' as const : 'neutral' as const,
          }))} />
        </Card>
      )}
    </Stack>
  )
}

const DOUBTS = {
  copied: ['Titik kedua kunjungan sama persis', 'GPS tidak mengulang satu titik sampai sentimeter: titiknya mungkin disalin. Pastikan kunjungan ulang benar dibuat di tempat sebelum menilai.'],
  typed: ['Koordinat kunjungan ulang diketik sendiri', 'Letaknya bukan dari GPS. Bandingkan kedua foto sebelum menilai.'],
} as const

const Waiting = ({ pair: { backcheck, secondOfficer, firstOfficer, candidates }, formKey, problem }: Pick<Props, 'pair' | 'formKey' | 'problem'>) => (
  <Card title="Belum dikunjungi ulang">
    <Facts items={[{ label: 'Petugas pertama', value: firstOfficer }, { label: 'Petugas kunjungan ulang', value: secondOfficer ?? 'Belum ada' }, { label: 'Paling lambat', value: formatDate(backcheck.dueOn) }]} />
    <p>Jawaban kunjungan pertama baru tampil setelah kunjungan ulangnya masuk.</p>
    {candidates.length > 0 && (
      <Confirm label={secondOfficer ? 'Ganti petugas' : 'Pilih petugas'} open={!secondOfficer || problem !== undefined}>
        <Form action={`/backchecks/visits/${backcheck.id}/assignment`}>
          <HiddenField name="key" value={formKey} />
          <HiddenField name="revision" value={backcheck.revision} />
          <SelectField name="officerId" label="Petugas" required error={problem?.fields.officerId} value={backcheck.officerId} hint="Hanya petugas lain di desa ini; yang bebannya paling ringan lebih dahulu."
            options={candidates.map(({ id, name, load }) => ({ value: id, label: `${name} (${load} kunjungan ulang)` }))} />
          <Button>Simpan petugas</Button>
        </Form>
      </Confirm>
    )}
    {candidates.length === 0 && !secondOfficer && <Notice tone="warn" title="Tidak ada petugas lain di desa ini"><p>Minta admin menempatkan petugas lain di desa ini, lalu pilih di sini.</p></Notice>}
  </Card>
)

const SideBySide = ({ pair: { backcheck, household, first, firstOfficer, secondOfficer, photos }, mayReview }: { pair: Pair, mayReview: boolean }) => {
  const second = photos.at(-1)
  return (
    <Columns>
      <Card title="Kunjungan pertama">
        {first?.hasFront && !household.hasMoved ? <PhotoGrid><Photo src={`/files/visits/${first.id}/F-RUMAH`} alt="Tampak depan, kunjungan pertama" caption="Tampak depan" /></PhotoGrid> : <p class="hint">{household.hasMoved ? 'Rumah tangga ini sudah pindah; fotonya dilihat di tempat tinggalnya sekarang.' : 'Tidak ada foto tampak depan.'}</p>}
        <Facts compact items={[{ label: 'Petugas', value: firstOfficer }, { label: 'Dikirim', value: formatDateTime(first?.submittedAt, zoneOf(backcheck.regionCode)) }, { label: 'Lama wawancara', value: formatDuration(first?.activeMs) }]} />
        {first && mayReview && !household.hasMoved && <p><a href={`/reviews/${first.id}`}>Buka kunjungan pertama</a></p>}
      </Card>
      <Card title="Kunjungan ulang">
        {second ? <PhotoGrid><Photo src={`/files/attachments/${second.id}`} alt="Tampak depan, kunjungan ulang" caption="Tampak depan" /></PhotoGrid> : <p class="hint">Tidak ada foto.</p>}
        <Facts compact items={[
          { label: 'Petugas', value: secondOfficer }, { label: 'Dikirim', value: formatDateTime(backcheck.submittedAt, zoneOf(backcheck.regionCode)) },
          { label: 'Hasil', value: backcheck.meeting && MEETING[backcheck.meeting].words }, { label: 'Catatan', value: backcheck.note },
        ]} />
      </Card>
    </Columns>
  )
}

const Answers = ({ pair: { backcheck, answers, mayJudge, whyNot }, formKey }: { pair: Pair, formKey: string }) => {
  const different = answers.filter(({ isDifferent }) => isDifferent)
  const judging = mayJudge && different.length > 0
  const table = (
    <Table caption={different.length === 0 ? `${answers.length} isian dibandingkan, semuanya sama` : `${different.length} dari ${answers.length} isian berbeda`} dense columns={['Isian', 'Kunjungan pertama', 'Kunjungan ulang', 'Jenis', 'Penilaian']}>
      {[...different, ...answers.filter((row) => !row.isDifferent)].map(({ item, label, first, second, type, isDifferent, verdict }) => (
        <Row tone={isDifferent ? 'warn' : undefined}>
          <Cell label="Isian" lead>{label}</Cell>
          <Cell label="Kunjungan pertama">{first}</Cell>
          <Cell label="Kunjungan ulang">{second}</Cell>
          <Cell label="Jenis">{TYPES[type].words}</Cell>
          <Cell label="Penilaian">{!isDifferent ? 'Sama' : judging ? <Choice item={item} label={label} verdict={verdict} /> : verdict ? VERDICT[verdict] : 'Belum dinilai'}</Cell>
        </Row>
      ))}
    </Table>
  )
  if (!judging) return <Card title="Kedua jawaban">{whyNot && different.length > 0 && <p class="hint">{whyNot}</p>}{table}</Card>
  return (
    <Card title="Kedua jawaban">
      <Form action={`/backchecks/visits/${backcheck.id}/judgement`} guard={false}>
        <HiddenField name="key" value={formKey} />
        <HiddenField name="revision" value={backcheck.revision} />
        {table}
        <TextArea name="note" label="Alasan penilaian" maxlength={500} hint="Misalnya: dikonfirmasi lewat telepon kepada kepala dusun." />
        <ActionBar><Button>Simpan penilaian</Button></ActionBar>
      </Form>
    </Card>
  )
}

const Choice = ({ item, label, verdict }: { item: string, label: string, verdict: Verdict | null }) => (
  <select name={`verdict.${item}`} id={fieldId(`verdict.${item}`)} aria-label={`Penilaian ${label}`}>
    <option value="">Belum dinilai</option>
    {Object.entries(VERDICT).map(([value, words]) => <option value={value} selected={value === verdict}>{words}</option>)}
  </select>
)
