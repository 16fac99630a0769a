import type { FieldVisit } from '#app/field/store.ts'
import type { Answers } from '#app/questionnaire/record.ts'
import type { Section } from '#app/questionnaire/types.ts'
import { Confirm, PostButton } from '#views/ui/button.tsx'
import { visitBase } from '#views/field/steps.tsx'

const WORDS: Partial<Record<Section['roster'], string>> = { families: 'Keluarga', members: 'Anggota', children: 'Anak', businesses: 'Usaha' }

export const rowTitle = ({ roster }: Pick<Section, 'roster'>, row: Answers, index: number) => {
  const name = row.name ?? row.ownerName
  return `${WORDS[roster] ?? ''} ${Number(row.memberSeq ?? row.familySeq ?? index + 1)}${name ? `: ${name}` : ''}`
}

type Props = { visit: FieldVisit, section: Pick<Section, 'roster'> }

export const AddRow = ({ visit, section: { roster } }: Props) => (
  <PostButton action={`${visitBase(visit)}/${roster}/rows`} fields={{ revision: String(visit.revision) }} tone="secondary">
    {`Tambah ${(WORDS[roster] ?? 'baris').toLowerCase()}`}
  </PostButton>
)

export const RemoveRow = ({ visit, section, row, index }: Props & { row: Answers, index: number }) => (
  <Confirm label={`Hapus ${rowTitle(section, row, index)}`} tone="danger" small>
    <p>Baris ini dihapus dari kunjungan. Baris lain tetap tersimpan.</p>
    <PostButton action={`${visitBase(visit)}/${section.roster}/rows/${index}/removal`} fields={{ revision: String(visit.revision) }} tone="danger">Ya, hapus</PostButton>
  </Confirm>
)
