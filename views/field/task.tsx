import type { TaskDetail } from '#app/field/store.ts'
import { STAGE_WORDS, type Stage } from '#app/households/stages.ts'
import { EXTENDED, sectionOfPath } from '#app/questionnaire/questionnaire.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton, PostButton } from '#views/ui/button.tsx'
import { Card, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import { WaitingBadge, WaitingNotice } from '#views/field/waiting.tsx'

const MUSDES: Record<number, string> = { 1: 'Ditemukan', 2: 'Tidak ditemukan', 3: 'Data ganda', 4: 'Usulan baru' }
const IN_HAND = ['assigned', 'downloaded', 'deliberated', 'returned']

export const TaskPage = ({ task, newId }: { task: TaskDetail, newId: string }) => {
  const { household, village, waiting } = task
  return (
    <>
      <PageHead title={household.headName} lead={[household.slsName, household.address, village].filter(Boolean).join(', ')}
        trail={[{ href: '/field', label: 'Tugas' }]}
        badge={waiting ? <WaitingBadge waiting={waiting} />
          : <Badge tone={household.stage === 'returned' ? 'warn' : 'info'}>{STAGE_WORDS[household.stage as Stage]}</Badge>} />
      <Stack>
        {household.stage === 'returned' && !waiting && <Returned task={task} />}
        <Card>
          <Facts items={[
            { label: 'ID prelist', value: household.prelistId ?? 'Usulan baru' },
            { label: 'Anggota menurut prelist', value: String(household.memberCount) },
            { label: 'Hasil musdes', value: MUSDES[household.musdesStatus ?? 0] ?? 'Belum dimusyawarahkan' },
          ]} />
        </Card>
        <Next task={task} newId={newId} />
      </Stack>
    </>
  )
}

const Next = ({ task: { household, openVisitId, waiting, onlyHere }, newId }: { task: TaskDetail, newId: string }) => {
  if (waiting) return <WaitingNotice waiting={waiting} />
  if (onlyHere && openVisitId) return <OnlyHere stage={household.stage} base={`/field/${household.id}/visits/${openVisitId}`} />
  if (!IN_HAND.includes(household.stage)) return <Notice><p>Kunjungan ini sudah dikirim. Tidak ada yang perlu Anda lakukan.</p></Notice>
  return openVisitId
    ? <p><LinkButton href={`/field/${household.id}/visits/${openVisitId}/${household.stage === 'returned' ? 'review' : 'respondent'}`} tone="primary">Lanjutkan kunjungan</LinkButton></p>
    : <PostButton action={`/field/${household.id}/visits`} fields={{ id: newId }}>Mulai kunjungan</PostButton>
}

// Given to somebody else, or sent from elsewhere, while a visit to it lay on this phone.
const OnlyHere = ({ stage, base }: { stage: string, base: string }) => (
  <Notice tone="warn" title={stage === 'withdrawn' ? 'Tugas ini sudah tidak di tangan Anda' : 'Rumah tangga ini sudah dikirim dari tempat lain'}>
    <p>Isian Anda tetap tersimpan di HP ini. Selesaikan dan kirimlah; bila berbeda, kantor yang memutuskan.</p>
    <p><LinkButton href={`${base}/review`} small>Periksa dan kirim</LinkButton></p>
  </Notice>
)

// Each remark leads to the very question it was made at.
const Returned = ({ task: { household, openVisitId, remarks, note } }: { task: TaskDetail }) => (
  <Notice tone="warn" title="Dikembalikan oleh pemeriksa">
    {note && <p>{note}</p>}
    {openVisitId && (
      <ul>
        {remarks.map(({ path, message }) => <li><a href={questionHref(`/field/${household.id}/visits/${openVisitId}`, path)}>{message}</a></li>)}
      </ul>
    )}
  </Notice>
)

export function questionHref(base: string, path: string) {
  const anchor = `#f-${path.replace(/[^\w-]/g, '-')}`
  if (path.startsWith('photos') || path === 'coordinate' || path === 'duration') return `${base}/photos${anchor}`
  const section = sectionOfPath(EXTENDED, path)
  const row = /^members\.(\d+)\./.exec(path)?.[1]
  return `${base}/${section}${row ? `/${row}` : ''}${anchor}`
}
