// The "SIKS-NG BDT" columns by their real names, each with the question it holds. Columns without a question are
// carried by the registry itself (codes, ids) or are empty on export.
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

// In the order in which they move to SIKS-NG. KODE_KEMENDAGRI is ours: the legacy KDPROP–KDDESA are BPS codes.
export const BDT_HOUSEHOLD_COLUMNS: readonly string[] = [
  'IDBDT', 'NoPBDTKemsos', 'KODE_KEMENDAGRI', 'KDPROP', 'KDKAB', 'KDKEC', 'KDDESA', 'NoPesertaPKH', 'NoPesertaKKS2016', 'PesertaKIP',
  ...Object.keys(HOUSEHOLD_QUESTIONS), 'percentile', 'status_kesejahteraan',
]

export const BDT_MEMBER_COLUMNS: readonly string[] = ['IDARTBDT', 'NoArtPKH', 'NoKK', ...Object.keys(MEMBER_QUESTIONS)]
