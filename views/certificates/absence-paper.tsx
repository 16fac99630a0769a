import type { AbsencePaper } from '#app/certificates/absences.ts'
import { ABSENCES_TRAIL, PURPOSE_WORDS } from '#views/certificates/words.ts'
import { PrintButton } from '#views/ui/button.tsx'
import { Letterhead, Sheet, Signatures, signedIn } from '#views/ui/document.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Facts, PageHead } from '#views/ui/page.tsx'

export const AbsencePaperPage = ({ paper: { found, code, issuedOn, places, isVillage }, address }: { paper: AbsencePaper, address: string }) => (
  <div class="stack">
    <div class="screen-only">
      <PageHead title="Cetak surat keterangan tidak terdaftar" trail={[...ABSENCES_TRAIL, { href: `/certificates/absent/${found.id}`, label: 'Surat' }]}
        lead="Pencetakan ini tercatat. Periksa nama dan NIK sebelum ditandatangani." actions={<PrintButton>Cetak</PrintButton>} />
    </div>
    <Sheet>
      <Letterhead title="Surat keterangan tidak terdaftar" number={found.letterNumber}
        lines={isVillage ? [places.regency, `Kecamatan ${places.district}`, `Desa/Kelurahan ${places.village}`] : [places.province, places.regency, 'Dinas Sosial']} />
      <p>Yang bertanda tangan di bawah ini menerangkan bahwa:</p>
      <Facts compact items={[
        { label: 'Nama', value: found.name }, { label: 'NIK', value: found.nik }, { label: 'Tempat, tanggal lahir', value: `${found.birthPlace}, ${formatDate(found.birthDate)}` },
        { label: 'Jenis kelamin', value: found.sex === 1 ? 'Laki-laki' : 'Perempuan' },
        { label: 'Alamat', wide: true, value: `${found.address}, Desa/Kelurahan ${places.village}, Kecamatan ${places.district}, ${places.regency}` },
      ]} />
      <p>{`menurut pencarian NIK dan nama pada tanggal ${formatDate(issuedOn)} tidak terdaftar dalam data terpadu kesejahteraan sosial.`}</p>
      <p>{`Surat ini dibuat untuk keperluan: ${PURPOSE_WORDS[found.purpose]}${found.purposeNote && ` (${found.purposeNote})`}, dan berlaku sampai ${formatDate(found.validUntil)}.`}</p>
      <Signatures items={[{ place: `${isVillage ? places.village : signedIn(places.regency)}, ${formatDate(issuedOn)}`, role: found.signatoryPosition, name: found.signatoryName, nip: found.signatoryNip || undefined }]} />
      <p class="hint">{`Keaslian surat ini diperiksa di ${address} dengan kode ${code}.`}</p>
    </Sheet>
  </div>
)
