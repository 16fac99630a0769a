import type { Corrected } from '#app/musdes/correcting.ts'
import type { MusdesReading } from '#app/musdes/musdes.ts'
import type { Progress as Counted } from '#app/musdes/rows.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { ATTENDANCE_LABELS, LABELS, RESULT_TONES, RESULTS } from '#views/musdes/labels.ts'
import { Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { PhotoField } from '#views/ui/capture.tsx'
import { FileField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stats } from '#views/ui/page.tsx'
import { Photo, PhotoGrid } from '#views/ui/photo.tsx'
import { Progress } from '#views/ui/progress.tsx'

type Props = MusdesReading & { corrections: Corrected[], progress: Counted, actor: Actor }

export const MeetingPage = ({ progress, corrections, actor, ...reading }: Props) => {
  const { meeting, places } = reading
  const records = can(actor, 'musdes.record')
  return (
    <div class="stack">
      <PageHead title={`Musdes ${places.at(-1) ?? ''}`} trail={[{ href: '/musdes', label: 'Musdes/muskel' }]}
        lead={`${formatDate(meeting.heldOn)}, ${meeting.startedAt.replace(':', '.')}–${meeting.endedAt.replace(':', '.')}, ${meeting.place}`}
        actions={<LinkButton href={`/musdes/${meeting.id}/minutes`}>Cetak berita acara</LinkButton>} />
      <Results {...reading} progress={progress} records={records} />
      <Meeting {...reading} records={records} />
      {corrections.length > 0 && <Corrections corrections={corrections} />}
      <Papers name="minutes" title="Berita acara yang ditandatangani" word="berita acara" papers={reading.minutes} id={meeting.id} records={records} />
      <Papers name="attendanceList" title="Daftar hadir yang ditandatangani dan distempel" word="daftar hadir" papers={reading.attendanceLists} id={meeting.id} records={records} />
      <Photos {...reading} records={records} />
    </div>
  )
}

const Results = ({ meeting, tally, progress, records }: MusdesReading & { progress: Counted, records: boolean }) => (
  <Card title="Hasil per baris prelist" actions={<>
    <LinkButton href={`/musdes/${meeting.id}/results${records ? '' : '?show=done'}`} tone={records ? 'primary' : 'secondary'}>{records ? 'Isi hasil' : 'Lihat hasil'}</LinkButton>
    {records && <LinkButton href={`/musdes/${meeting.id}/proposals/new`}>Usulan baru</LinkButton>}
  </>}>
    <Progress label="Baris yang sudah dibahas" value={progress.done} max={progress.total} note={`${formatNumber(progress.done)} dari ${formatNumber(progress.total)} baris`} />
    <Stats items={([1, 2, 3, 4] as const).map((status) => ({ label: RESULTS[status]!, value: formatNumber(tally[status]), tone: RESULT_TONES[status] }))} />
  </Card>
)

const Meeting = ({ meeting, places, recorderName, records }: MusdesReading & { records: boolean }) => (
  <Card title="Keterangan musdes" actions={records && <LinkButton href={`/musdes/${meeting.id}/correction`}>Perbaiki keterangan</LinkButton>}>
    <Facts items={[
      { label: 'Wilayah', value: [...places].reverse().join(', ') },
      { label: 'Pimpinan', value: `${meeting.chairName}, ${meeting.chairPosition}` },
      { label: 'Nomor berita acara', value: meeting.minutesNumber },
      ...Object.entries(ATTENDANCE_LABELS).map(([key, label]) => ({ label, value: formatNumber(meeting.attendance[key] ?? 0) })),
      { label: 'Dicatat', value: `${recorderName}, ${formatDateTime(meeting.createdAt)}` },
    ]} />
  </Card>
)

const Corrections = ({ corrections }: { corrections: Corrected[] }) => (
  <Card title="Perbaikan">
    {corrections.map(({ changedAt, changedBy, note, changes }) => (
      <Facts items={[
        { label: 'Diperbaiki', value: `${changedBy ?? '–'}, ${formatDateTime(changedAt)}` }, { label: LABELS.note!, value: note },
        ...changes.map(({ key, before, after }) => ({ label: LABELS[key]!, value: `${shown(key, before)} menjadi ${shown(key, after)}` })),
      ]} />
    ))}
  </Card>
)

const shown = (key: string, value: string) => key === 'heldOn' ? formatDate(value) : value.replace(':', '.') || '–'

type PapersProps = { name: 'minutes' | 'attendanceList', title: string, word: string, papers: MusdesReading['minutes'], id: string, records: boolean }
const Papers = ({ name, title, word, papers, id, records }: PapersProps) => (
  <Card title={title}>
    {papers.length === 0 && <p class="hint">Belum diunggah.</p>}
    {papers.map((paper) => (
      <Facts items={[
        { label: 'Berkas', value: <a href={`/files/attachments/${paper.id}`}>{paper.name}</a> },
        { label: 'Diunggah', value: formatDateTime(paper.addedAt) },
        { label: 'SHA-256', value: <code class="hash">{paper.sha256}</code>, wide: true },
      ]} />
    ))}
    {records && (
      <Confirm label={papers.length ? `Unggah ${word} lain` : `Unggah ${word}`}>
        <Form action={`/musdes/${id}/papers`} upload>
          <FileField name={name} label={`${LABELS[name]} (PDF atau foto JPEG)`} accept="application/pdf,image/jpeg" required />
          <Button>Unggah</Button>
        </Form>
      </Confirm>
    )}
  </Card>
)

const MOST_PHOTOS = 6

const Photos = ({ meeting, photos, records }: MusdesReading & { records: boolean }) => (
  <Card title="Foto musdes">
    {photos.length === 0
      ? <p class="hint">Belum ada foto.</p>
      : <PhotoGrid>{photos.map((photo, i) => <Photo src={`/files/attachments/${photo.id}`} alt={`Foto musdes ${i + 1}`} caption={formatDateTime(photo.addedAt)} />)}</PhotoGrid>}
    {records && photos.length < MOST_PHOTOS && (
      <Confirm label="Tambah foto">
        <Form action={`/musdes/${meeting.id}/papers`} upload>
          <PhotoField name="photo" label={`Foto ke-${photos.length + 1} dari paling banyak ${MOST_PHOTOS}`} accept="image/jpeg" required />
          <Button>Simpan foto</Button>
        </Form>
      </Confirm>
    )}
  </Card>
)
