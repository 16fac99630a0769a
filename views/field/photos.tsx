import type { FieldVisit } from '#app/field/store.ts'
import { PHOTO_KINDS, photosNeeded } from '#app/questionnaire/evidence.ts'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { LocationField, PhotoField, TimerField } from '#views/ui/capture.tsx'
import { HiddenField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatBytes, formatDateTime } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'
import { Progress } from '#views/ui/progress.tsx'
import { ProblemPanel } from '#views/problem.tsx'
import { VisitHead, visitBase } from '#views/field/steps.tsx'

const COUNTS: Record<number, string> = { 7: 'Tujuh', 8: 'Delapan', 9: 'Sembilan' }

type Refusal = { message: string, fields: Record<string, string> }

export const PhotosPage = ({ visit, today, problem }: { visit: FieldVisit, today: string, problem?: Refusal }) => {
  const needed = photosNeeded(visit.record)
  const shown = PHOTO_KINDS.filter((kind) => needed.includes(kind) || visit.photos.some((photo) => photo.kind === kind.code))
  return (
    <>
      <VisitHead visit={visit} current="photos" title="Foto dan lokasi" today={today} />
      {problem && <ProblemPanel problem={{ message: problem.message, fields: atPhotos(problem.fields) }} />}
      <Card title="Lokasi rumah">
        <Form action={`${visitBase(visit)}/location`}>
          <HiddenField name="revision" value={String(visit.revision)} />
          <TimerField />
          <p>Berdirilah di depan rumah, lalu tekan tombol. Tunggu sampai ketelitian 20 meter atau lebih baik.</p>
          <LocationField required value={visit.coordinate && { ...visit.coordinate, accuracy: visit.coordinate.accuracyM, at: visit.coordinate.locatedAt ?? undefined }} />
          <Button>Simpan lokasi</Button>
        </Form>
      </Card>
      <Card title="Foto">
        <div data-photo-count><Progress label="Foto tersimpan" value={visit.photos.length} max={shown.length} note={`${visit.photos.length} dari ${shown.length}`} /></div>
        <p>{visit.outcome === 1 || visit.outcome === null ? `${COUNTS[needed.length]} foto harus lengkap. Boleh disimpan sebagian dulu.` : 'Sedikitnya satu foto di tempat.'}</p>
        {needed.length < PHOTO_KINDS.length && <p>{`${PHOTO_KINDS.filter((kind) => !needed.includes(kind)).map(({ label }) => label).join(' dan ')} tidak diminta, karena menurut isian belum ada. Bila ternyata ada, isi dahulu nomornya.`}</p>}
        <Form action={`${visitBase(visit)}/photos`} upload data-photos="yes">
          {shown.map(({ code, label, hint }) => <OnePhoto visit={visit} code={code} label={label} hint={hint} wrong={problem?.fields[code]} />)}
          <ActionBar>
            <Button>Simpan foto</Button>
            <LinkButton href={`${visitBase(visit)}/review`} tone="secondary">Periksa dan kirim</LinkButton>
          </ActionBar>
        </Form>
      </Card>
    </>
  )
}

// A photo's question is found under its path, not under the name of its file field.
const atPhotos = (fields: Record<string, string>) => Object.fromEntries(Object.entries(fields).map(([name, message]) => [`photos.${name}`, message]))

const OnePhoto = ({ visit, code, label, hint, wrong }: { visit: FieldVisit, code: string, label: string, hint: string, wrong?: string }) => {
  const known = visit.photos.find(({ kind }) => kind === code)
  const remark = visit.remarks.find(({ path }) => path === `photos.${code}`)
  return (
    <PhotoField name={code} id={`f-photos-${code}`} label={label} hint={hint} takenName={`taken.${code}`} accept="image/jpeg" required
      error={[wrong, remark && `Catatan pemeriksa: ${remark.message}`].filter(Boolean).join(' · ') || undefined}
      existing={known && { src: `/files/visits/${visit.id}/${code}?v=${encodeURIComponent(known.addedAt)}`, note: `Tersimpan, ${formatBytes(known.bytes)}, ${formatDateTime(known.addedAt)}.` }} />
  )
}
