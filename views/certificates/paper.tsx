import type { CertificatePaper } from '#app/certificates/papers.ts'
import { CERTIFICATES_TRAIL, PURPOSE_WORDS } from '#views/certificates/words.ts'
import { PROGRAMME_WORDS } from '#views/public/words.ts'
import { PrintButton } from '#views/ui/button.tsx'
import { Letterhead, Sheet, Signatures, signedIn } from '#views/ui/document.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Facts, PageHead } from '#views/ui/page.tsx'

export const CertificatePaperPage = ({ paper, address }: { paper: CertificatePaper, address: string }) => (
  <div class="stack">
    <div class="screen-only">
      <PageHead title="Cetak surat keterangan" trail={[...CERTIFICATES_TRAIL, { href: `/certificates/${paper.found.id}`, label: 'Surat' }]}
        lead="Pencetakan ini tercatat. Periksa nama dan NIK sebelum ditandatangani." actions={<PrintButton>Cetak</PrintButton>} />
    </div>
    <Letter paper={paper} address={address} />
  </div>
)

const SEX = { 1: 'Laki-laki', 2: 'Perempuan' } as const
const Letter = ({ paper: { found, bearer: { member, household, kkNumber }, code, issuedOn, places, isVillage }, address }: { paper: CertificatePaper, address: string }) => (
  <Sheet>
    <Letterhead title="Surat keterangan" number={found.letterNumber}
      lines={isVillage ? [places.regency, `Kecamatan ${places.district}`, `Desa/Kelurahan ${places.village}`] : [places.province, places.regency, 'Dinas Sosial']} />
    <p>Yang bertanda tangan di bawah ini menerangkan bahwa:</p>
    <Facts compact items={[
      { label: 'Nama', value: String(member.name ?? '–') }, { label: 'NIK', value: String(member.nik ?? '–') }, { label: 'Nomor KK', value: String(kkNumber || '–') },
      { label: 'Tempat, tanggal lahir', value: [member.birthPlace, formatDate(String(member.birthDate ?? ''))].filter(Boolean).join(', ') || '–' },
      { label: 'Jenis kelamin', value: SEX[member.sex as 1] ?? '–' }, { label: 'Kepala rumah tangga', value: String(household.headName ?? '–') },
      { label: 'Alamat', wide: true, value: [household.address, household.slsName, `Desa/Kelurahan ${places.village}`, `Kecamatan ${places.district}`, places.regency].filter(Boolean).map(String).join(', ') },
    ]} />
    <p>{`terdaftar dalam data terpadu kesejahteraan sosial pada tanggal ${formatDate(issuedOn)}${found.desil === null ? '' : `, pada desil ${found.desil} menurut DTSEN ${found.desilLabel}`}. ${programmesIn(found.programmes)}`}</p>
    <p>{`Surat ini dibuat untuk keperluan: ${PURPOSE_WORDS[found.purpose]}${found.purposeNote && ` (${found.purposeNote})`}, dan berlaku sampai ${formatDate(found.validUntil)}.`}</p>
    <Signatures items={[{ place: `${isVillage ? places.village : signedIn(places.regency)}, ${formatDate(issuedOn)}`, role: found.signatoryPosition, name: found.signatoryName, nip: found.signatoryNip || undefined }]} />
    <p class="hint">{`Keaslian surat ini diperiksa di ${address} dengan kode ${code}.`}</p>
  </Sheet>
)

const programmesIn = (codes: string) => codes
  ? `Program yang diterima: ${codes.split(',').map((code) => PROGRAMME_WORDS[code] ?? code).join('; ')}.`
  : 'Pada tanggal itu ia tidak tercatat menerima program bantuan sosial.'
