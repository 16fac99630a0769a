import type { FieldVisit } from '#app/field/store.ts'
import type { Mistake } from '#app/questionnaire/mistakes.ts'
import { displayAnswer } from '#app/questionnaire/display.ts'
import { photosNeeded } from '#app/questionnaire/evidence.ts'
import { questionnaireOf, sectionOf } from '#app/questionnaire/questionnaire.ts'
import { Notice } from '#views/ui/badge.tsx'
import { PostButton } from '#views/ui/button.tsx'
import { formatAccuracy, formatCoordinate, formatDuration } from '#views/ui/format.ts'
import { Card, Facts, Stack } from '#views/ui/page.tsx'
import { questionHref } from '#views/field/task.tsx'
import { VisitHead, visitBase } from '#views/field/steps.tsx'
import { WaitingNotice } from '#views/field/waiting.tsx'

type Props = { visit: FieldVisit, errors: Mistake[], warnings: Mistake[], today: string, refused?: boolean }

export const ReviewPage = ({ visit, errors, warnings, today, refused }: Props) => (
  <Stack>
    <VisitHead visit={visit} current="review" title="Periksa dan kirim" today={today} />
    <Remarks visit={visit} />
    {errors.length > 0
      ? (
        <div class="notice bad" id="problem" role={refused ? 'alert' : undefined} tabindex={-1}>
          <p class="notice-title">{refused ? `Belum bisa dikirim: ${errors.length} hal belum lengkap` : `${errors.length} hal belum lengkap`}</p>
          <MistakeList visit={visit} mistakes={errors} />
        </div>
      )
      : <Notice tone="good" title="Lengkap"><p>{`Semua yang wajib sudah ada. ${isSentBack(visit) ? 'Kirim bila catatan pemeriksa sudah dikerjakan.' : 'Kirim sekarang.'}`}</p></Notice>}
    {warnings.length > 0 && (
      <Notice tone="warn" title={`${warnings.length} hal perlu dilihat lagi`}>
        <p>Boleh dikirim bila memang demikian adanya.</p>
        <MistakeList visit={visit} mistakes={warnings} />
      </Notice>
    )}
    <Summary visit={visit} />
    {visit.status === 'draft' || visit.status === 'returned'
      ? <PostButton action={`${visitBase(visit)}/submission`}>Kirim kunjungan</PostButton>
      : visit.waiting ? <WaitingNotice waiting={visit.waiting} /> : <Notice tone="good"><p>Kunjungan ini sudah dikirim.</p></Notice>}
  </Stack>
)

const isSentBack = ({ note, remarks }: FieldVisit) => note !== '' || remarks.length > 0

const Remarks = ({ visit }: { visit: FieldVisit }) => isSentBack(visit) && (
  <Notice tone="warn" title="Catatan pemeriksa">
    {visit.note && <p>{visit.note}</p>}
    {visit.remarks.length > 0 && <MistakeList visit={visit} mistakes={visit.remarks} />}
  </Notice>
)

const MistakeList = ({ visit, mistakes }: { visit: FieldVisit, mistakes: Pick<Mistake, 'path' | 'message'>[] }) => (
  <ul>{mistakes.map(({ path, message }) => <li><a href={questionHref(visitBase(visit), path)}>{message}</a></li>)}</ul>
)

const Summary = ({ visit }: { visit: FieldVisit }) => {
  const outcome = sectionOf(questionnaireOf(visit.questionnaireVersion)!, 'respondent').questions.find(({ key }) => key === 'hasilVerivali')!
  return (
    <Card title="Ringkasan">
      <Facts items={[
        { label: 'Hasil kunjungan', value: displayAnswer(outcome, visit.outcome) },
        { label: 'Anggota', value: String(visit.record.members.length) },
        { label: 'Foto', value: `${visit.photos.length} dari ${photosNeeded(visit.record).length}` },
        { label: 'Lokasi', value: visit.coordinate ? `${formatCoordinate(visit.coordinate.latitude, visit.coordinate.longitude)} (${formatAccuracy(visit.coordinate.accuracyM)})` : 'Belum diambil' },
        { label: 'Lama pengisian', value: formatDuration(visit.activeMs) },
      ]} />
    </Card>
  )
}
