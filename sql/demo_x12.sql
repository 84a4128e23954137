-- demo_x12.sql: a claim as it was sent, and what its payer answered.
--
--   sqlite3 -cmd '.parameter set :folder demo' demo.db '.read sql/demo_x12.sql'
--
-- Needs:  the sqlite3 shell (writefile is its own), and :folder, where to write.
-- Makes:  two files: sent/demo.837 and received/demo.835 in the folder, for intake_837p.sql
--         and intake_835.sql.  Two sessions of one claim: one was paid, the other denied
--         for its modifiers, which contradict each other.  Everyone in them is invented.

.bail on
.headers off
.mode list

SELECT 'wrote ' || writefile(:folder || '/sent/demo.837',
  'ISA*00*          *00*          *ZZ*NORTHSIDE      *ZZ*NORTHLAND      *251120*1030*^*00501*000000071*0*P*:~'
  || 'GS*HC*NORTHSIDE*NORTHLAND*20251120*1030*71*X*005010X222A1~ST*837*0071*005010X222A1~BHT*0019*00*0071*20251120*1030*CH~'
  || 'NM1*41*2*NORTHSIDE SKILLS*****46*NORTHSIDE~PER*IC*BILLING*TE*5550100~NM1*40*2*NORTHLAND MEDICAID*****46*NORTHLAND~'
  || 'HL*1**20*1~PRV*BI*PXC*251S00000X~NM1*85*2*NORTHSIDE SKILLS*****XX*1235467893~N3*1 ELM ST~N4*NORTHFIELD*ND*58101~'
  || 'HL*2*1*22*0~SBR*P*18*******MC~NM1*IL*1*EXAMPLE*ADA****MI*M09~N3*2 OAK ST~N4*NORTHFIELD*ND*58101~DMG*D8*19880214*F~'
  || 'NM1*PR*2*NORTHLAND MEDICAID*****PI*MCDN~'
  || 'CLM*X-201*290***11:B:1*Y*A*Y*Y~HI*ABK:F331*ABF:F411~NM1*82*1*HADDAD*A****XX*1607173246~PRV*PE*PXC*103TC0700X~'
  || 'LX*1~SV1*HC:H2040*145*UN*1***1~DTP*472*D8*20251110~REF*6R*X201A~'
  || 'LX*2~SV1*HC:H2040:GT:95*145*UN*1*10**1~DTP*472*D8*20251117~REF*6R*X201B~SE*30*0071~GE*1*71~IEA*1*000000071~') || ' bytes to ' || :folder || '/sent/demo.837';
SELECT 'wrote ' || writefile(:folder || '/received/demo.835',
  'ISA*00*          *00*          *ZZ*NORTHLAND      *ZZ*NORTHSIDE      *251205*0800*^*00501*000000903*0*P*:~'
  || 'GS*HP*NORTHLAND*NORTHSIDE*20251205*0800*903*X*005010X221A1~ST*835*0903~BPR*I*116*C*ACH*CCP*01*999999992*DA*123456*1512345678**01*999988880*DA*98765*20251205~'
  || 'TRN*1*EFT0903*1512345678~DTM*405*20251204~N1*PR*NORTHLAND MEDICAID*XV*MCDN~N1*PE*NORTHSIDE SKILLS*XX*1235467893~LX*1~'
  || 'CLP*X-201*1*290*116**MC*26031000071*11*1~NM1*QC*1*EXAMPLE*ADA****MI*M09~'
  || 'SVC*HC:H2040*145*116**1~DTM*472*20251110~CAS*CO*45*29~REF*6R*X201A~'
  || 'SVC*HC:H2040:GT:95*145*0**0~DTM*472*20251117~CAS*CO*4*145~REF*6R*X201B~SE*18*0903~GE*1*903~IEA*1*000000903~') || ' bytes to ' || :folder || '/received/demo.835';

