import type { Case } from '#app/reviews/case.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { photosNeeded } from '#app/questionnaire/evidence.ts'
import { missingNumbers } from '#app/questionnaire/missing-numbers.ts'
import { parsePath, rowsOf, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { fieldId } from '#views/ui/field.tsx'
import { formatDateTime } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'
import { Photo } from '#views/ui/photo.tsx'
import { PhotoFault } from '#views/reviews/evidence.tsx'
import { Remark } from '#views/reviews/decision.tsx'
import { KK, KTP, PHOTOS } from '#views/reviews/photos.ts'

const MATCHES = [['1', 'Sesuai dokumen'], ['2', 'Tidak sesuai'], ['3', 'Tidak terbaca']] as const
const RELATIONS: Record<number, string> = {
  1: 'Kepala rumah tangga', 2: 'Istri/suami', 3: 'Anak', 4: 'Menantu', 5: 'Cucu', 6: 'Orang tua/mertua', 7: 'Pembantu', 8: 'Lainnya',
}
const PRESENCE: Record<number, string> = { 2: 'Meninggal', 3: 'Pindah', 4: 'Anggota baru', 5: 'Kesalahan prelist', 6: 'Tidak ditemukan' }

// What the officer typed, beside what the documents say.
export const Documents = ({ found }: { found: Case }) => {
  const { visit, photos } = found
  const { members, families } = visit.record
  const needed = photosNeeded(visit.record)
  const noPhotos = visit.outcome !== 1 ? '' : PHOTOS.filter(({ kind }) => [KTP, KK].includes(kind) && !needed.some(({ code }) => code === kind) && !photos.some((photo) => photo.kind === kind)).map(({ label }) => label).join(' dan ')
  const typed = members.map(({ name, nik }) => `${name ?? '–'} ${spaced(nik)}`)
  return (
    <Card title="Cocokkan dengan KTP dan KK">
      <div class="document-photos">
        {PHOTOS.filter(({ kind }) => [KTP, KK].includes(kind) && photos.some((photo) => photo.kind === kind)).map(({ kind, label, shortcut }) => (
          <Photo src={`/files/visits/${visit.id}/${kind}`} alt={label} caption={label} shortcut={shortcut} facts={found.photoFaults[kind] && <PhotoFault words={found.photoFaults[kind]} />}
            viewerTitle={`${label}. Diketik: ${kind === KTP ? typed[0] ?? '–' : [...families.map(({ kkNumber }) => spaced(kkNumber)), ...typed].join(' · ')}`} />
        ))}
      </div>
      {noPhotos && <Notice tone="warn" title="Foto tidak ada"><p>{`${noPhotos} tidak diminta, karena menurut petugas belum ada. Nilailah dari jawaban, tanda, dan foto lain; nomornya menyusul dari Dukcapil.`}</p></Notice>}
      {found.given.map(({ by, at, paths }) => <Notice tone="info" title="Nomor dari Dukcapil diisi tanpa kunjungan baru"><p>{`${givenWords(paths, visit.record)} oleh ${by ?? 'pengguna lain'}, ${formatDateTime(at)}. Cocokkan dengan foto KK, yang dilampirkan saat itu.`}</p></Notice>)}
      {families.map((family, index) => (
        <div class="identity">
          <p><small class="hint">Nomor KK{families.length > 1 && ` keluarga ${index + 1}`}</small> <strong class="number">{spaced(family.kkNumber)}</strong>{!family.kkNumber && <> <Badge tone="warn">{reasonAt(visit.record, `families.${index}.kkNumber`)}</Badge></>}</p>
          {!found.refusal && <PlainLabel />}
          {!found.refusal && <Remark path={`families.${index}.kkNumber`} label={`nomor KK keluarga ${index + 1}`} />}
        </div>
      ))}
      {members.map((member, index) => <Identity member={member} index={index} reason={reasonAt(visit.record, `members.${index}.nik`)} checks={!found.refusal} required={found.level === 1 && visit.outcome === 1} />)}
    </Card>
  )
}

const givenWords = (paths: string[], record: HouseholdRecord) => paths.map((path) => {
  const place = parsePath(path)!
  const row = rowsOf(record, place.roster)[place.index]
  return place.key === 'kkNumber' ? `No KK keluarga ${row?.familySeq ?? place.index + 1}` : `NIK ${row?.name ?? ''}`
}).join(', ')

// Why there is no number; nothing where there is one.
const reasonAt = (record: HouseholdRecord, path: string) => {
  const missing = missingNumbers(record).find((one) => one.path === path)
  return missing && (missing.reason || 'Belum ada, tanpa alasan')
}

type IdentityProps = { member: Answers, reason?: string, index: number, checks: boolean, required: boolean }

const Identity = ({ member, reason, index, checks, required }: IdentityProps) => {
  const name = `documents.${member.memberSeq ?? index + 1}`
  const presence = PRESENCE[Number(member.memberPresence)]
  const here = [undefined, null, 1, 4].includes(member.memberPresence as number)
  return (
    <div class="identity">
      <p>
        <small class="hint">{RELATIONS[Number(member.relationToHead)] ?? 'Anggota'} {presence && <Badge tone={member.memberPresence === 4 ? 'info' : 'warn'}>{presence}</Badge>}</small>{' '}
        <strong>{member.name}</strong> <strong class="number">{member.nik ? spaced(member.nik) : 'NIK kosong'}</strong>{reason && <> <Badge tone="warn">{reason}</Badge></>}{' '}
        <small class="hint">{[member.birthPlace, member.birthDate && inWords(String(member.birthDate))].filter(Boolean).join(', ')}</small>
      </p>
      {checks && here && !reason && (
        <fieldset class="matches" id={fieldId(name)} tabindex={-1}>
          <legend class="unseen">Apakah NIK dan nama {member.name} sesuai KTP/KK?{required && member.relationToHead === 1 && ' (wajib)'}{' '}</legend>
          {MATCHES.map(([value, label]) => (
            <label><input type="radio" name={name} value={value} data-key={value === '1' ? 'd' : undefined} /><span>{label}</span>{' '}</label>
          ))}
        </fieldset>
      )}
      {checks && <PlainLabel />}
      {checks && <Remark path={`members.${index}.nik`} label={`NIK ${member.name}`} />}
    </div>
  )
}

// A text browser shows no aria-label.
const PlainLabel = () => <span class="unseen" aria-hidden="true">Catatan </span>

// In the groups a reader compares: region, birth date, serial.
const spaced = (number: Answers[string]) => {
  const digits = String(number ?? '')
  return digits.length === 16 ? `${digits.slice(0, 6)} ${digits.slice(6, 12)} ${digits.slice(12)}` : digits || '–'
}
