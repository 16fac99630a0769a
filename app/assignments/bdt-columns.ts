// The "SIKS-NG BDT" columns by their real names, each with the question it holds.
export const HOUSEHOLD_QUESTIONS: Record<string, string> = {
  Alamat: 'address', Nama_SLS: 'slsName', Nama_KRT: 'headName', Jumlah_ART: 'memberCount', Jumlah_Keluarga: 'familyCount',
  nourut_rt: 'prelistOrderNo', sta_bangunan: 'buildingTenure', sta_lahan: 'landTenure', luas_lantai: 'floorAreaM2', lantai: 'floorType',
  dinding: 'wallType', kondisi_dinding: 'wallCondition', atap: 'roofType', kondisi_atap: 'roofCondition', jumlah_kamar: 'bedroomCount',
  sumber_airminum: 'drinkingWater', nomor_meter_air: 'waterMeterId', cara_peroleh_airminum: 'waterAcquisition',
  sumber_penerangan: 'lighting', daya: 'plnPower', nomor_pln: 'plnCustomerId', bb_masak: 'cookingFuel', nomor_gas: 'gasCustomerId',
  fasbab: 'toiletUse', kloset: 'toiletType', buang_tinja: 'fecalDisposal',
  ada_tabung_gas: 'hasGasCylinder', ada_lemari_es: 'hasFridge', ada_ac: 'hasAc', ada_pemanas: 'hasWaterHeater', ada_telepon: 'hasLandline',
  ada_tv: 'hasTv', ada_emas: 'hasGold', ada_laptop: 'hasComputer', ada_sepeda: 'hasBicycle', ada_motor: 'hasMotorcycle', ada_mobil: 'hasCar',
  ada_perahu: 'hasBoat', ada_motor_tempel: 'hasOutboardMotor', ada_perahu_motor: 'hasMotorboat', ada_kapal: 'hasShip',
  aset_tak_bergerak: 'hasLand', luas_atb: 'landAreaM2', rumah_lain: 'hasOtherHouse', jumlah_sapi: 'cattleCount', jumlah_kerbau: 'buffaloCount',
  jumlah_kuda: 'horseCount', jumlah_babi: 'pigCount', jumlah_kambing: 'goatSheepCount', sta_art_usaha: 'anyMemberHasBusiness',
  sta_kks: 'progKks', sta_kip: 'progKip', sta_kis: 'progKis', sta_bpjs_mandiri: 'progBpjsMandiri', sta_jamsostek: 'progJamsostek',
  sta_asuransi: 'progOtherInsurance', sta_pkh: 'progPkh', sta_rastra: 'progRastra', sta_kur: 'progKur', sta_keberadaan_RT: 'hasilVerivali',
  lat: 'latitude', long: 'longitude',
}

export const MEMBER_QUESTIONS: Record<string, string> = {
  Nama: 'name', JnsKel: 'sex', TmpLahir: 'birthPlace', TglLahir: 'birthDate', HubKRT: 'relationToHead', NIK: 'nik', NUK: 'familySeq',
  Hubkel: 'relationToFamilyHead', Umur: 'age', Sta_kawin: 'maritalStatus', Ada_akta_nikah: 'marriageCertificate', Ada_diKK: 'listedInKk',
  Ada_kartu_identitas: 'identityDocs', Sta_hamil: 'pregnant', Jenis_cacat: 'disabilityType', Penyakit_kronis: 'chronicIllness',
  Partisipasi_sekolah: 'schooling', Pendidikan_tertinggi: 'educationLevel', Kelas_tertinggi: 'highestGrade', Ijazah_tertinggi: 'highestCertificate',
  Sta_Bekerja: 'working', Jumlah_jamkerja: 'hoursPerWeek', Lapangan_usaha: 'industry', Status_pekerjaan: 'employmentStatus',
  Sta_keberadaan_art: 'memberPresence', NoPesertaPBI: 'pbiNumber', Ada_kks: 'hasKks', Ada_pbi: 'hasPbi', Ada_kip: 'hasKip', Ada_pkh: 'hasPkh',
  Ada_rastra: 'hasSembako', namagadis_ibukandung: 'motherMaidenName',
}

const words = (text: string) => text.trim().split(/\s+/)

// In the order in which they move to SIKS-NG. KODE_KEMENDAGRI is ours: the legacy KDPROP–KDDESA are BPS codes.
export const BDT_HOUSEHOLD_COLUMNS: readonly string[] = words(`
  IDBDT NoPBDTKemsos Vector1 Vector2 Vector3 Vector4 KDGabungan4 KDPROP KDKAB KDKEC KDDESA KODE_KEMENDAGRI Alamat
  AdaPKH AdaPBDT AdaKKS2016 AdaKKS2017 AdaPBI AdaDapodik NoPesertaPKH NoPesertaKKS2016 NoPesertaPBI PesertaKIP
  Nama_SLS Nama_KRT Jumlah_ART Jumlah_Keluarga sta_bangunan sta_lahan luas_lantai lantai dinding kondisi_dinding atap kondisi_atap
  jumlah_kamar sumber_airminum nomor_meter_air cara_peroleh_airminum sumber_penerangan daya nomor_pln bb_masak nomor_gas
  fasbab kloset buang_tinja ada_tabung_gas ada_lemari_es ada_ac ada_pemanas ada_telepon ada_tv ada_emas ada_laptop ada_sepeda
  ada_motor ada_mobil ada_perahu ada_motor_tempel ada_perahu_motor ada_kapal aset_tak_bergerak luas_atb rumah_lain
  jumlah_sapi jumlah_kerbau jumlah_kuda jumlah_babi jumlah_kambing sta_art_usaha sta_kks sta_kip sta_kis sta_bpjs_mandiri
  sta_jamsostek sta_asuransi sta_pkh sta_rastra sta_kur sta_keberadaan_RT percentile InitData LastUpdateData
  foto_kk1 foto_kk2 foto_kk3 foto_kk4 foto_kk5 foto_kk6 lat long status_kesejahteraan nourut_rt`)

export const BDT_MEMBER_COLUMNS: readonly string[] = words(`
  IDARTBDT NoPesertaPBDTART NoArtPBDTKemsos NoArtPKH NoArtPBDT NoArtKKS2016 NoArtPBI NoPesertaPBI Nama JnsKel TmpLahir TglLahir
  HubKRT NIK NoKK NUK Hubkel Umur Sta_kawin Ada_akta_nikah Ada_diKK Ada_kartu_identitas Sta_hamil Jenis_cacat Penyakit_kronis
  Partisipasi_sekolah Pendidikan_tertinggi Kelas_tertinggi Ijazah_tertinggi Sta_Bekerja Jumlah_jamkerja Lapangan_usaha
  Status_pekerjaan Sta_keberadaan_art Sta_kepesertaan_pbi Ada_kks Ada_pbi Ada_kip Ada_pkh Ada_rastra Anak_diluar_rt
  namagadis_ibukandung sta_keberadaan_kks`)

// Columns without a question (programme ids, matching vectors, file names) ride along in the record under their own
// names, so that an export gives back what an import brought.
const REGISTRY = words('IDBDT KDPROP KDKAB KDKEC KDDESA KODE_KEMENDAGRI NoKK')
const carried = (columns: readonly string[], questions: Record<string, string>) =>
  columns.filter((column) => !(column in questions) && !REGISTRY.includes(column))
export const CARRIED_HOUSEHOLD_COLUMNS = carried(BDT_HOUSEHOLD_COLUMNS, HOUSEHOLD_QUESTIONS)
export const CARRIED_MEMBER_COLUMNS = carried(BDT_MEMBER_COLUMNS, MEMBER_QUESTIONS)
