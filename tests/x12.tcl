# What the X12 tests share: files, and texts that are put together segment by segment.

proc read_x12 {name} {
  set channel [open [file join $::testdir x12 $name] rb]
  set bytes [read $channel]
  close $channel
  return $bytes
}

# A CSV file without quotes or line ends within its values, as a list of dicts.
proc read_csv {name} {
  set lines [split [string map {\r {} \" {}} [encoding convertfrom utf-8 [read_x12 $name]]] \n]
  set header [split [lindex $lines 0] ,]
  set rows {}
  foreach line [lrange $lines 1 end] {
    if {$line eq ""} continue
    set row {}
    foreach column $header value [split $line ,] { dict set row $column $value }
    lappend rows $row
  }
  return $rows
}

# Segments, written with * : ~ and a line each, as a text: the envelope is put around
# them, counted.  Options: -element, -component, -terminator, -between (what stands behind
# a terminator), -type, -implementation, -control, -set, -date, -time.
proc x12 {segments args} {
  set o [dict merge {-element * -component : -terminator ~ -between \n -type 837 -implementation 005010X222A1
    -control 000000001 -set 0001 -date 260110 -time 1200 -trailer 1} $args]
  dict with o {}
  set count 2
  set body {}
  foreach segment [split [string trim $segments] \n] {
    set segment [string trim $segment]
    if {$segment eq ""} continue
    append body $segment~
    incr count
  }
  set text "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *${-date}*${-time}*^*00501*${-control}*0*T*:~"
  append text "GS*[expr {${-type} eq "835" ? "HP" : "HC"}]*SENDER*RECEIVER*20${-date}*${-time}*1*X*${-implementation}~"
  append text "ST*${-type}*${-set}*${-implementation}~$body"
  if {${-trailer}} { append text "SE*$count*${-set}~GE*1*1~IEA*1*${-control}~" }
  string map [list * ${-element} : ${-component} ~ ${-terminator}${-between}] $text
}

# The head of an 837P set, up to the first subscriber.
set head837 {
  BHT*0019*00*B1*20260110*1200*CH
  NM1*41*2*SUBMITTER*****46*SUB1
  NM1*40*2*RECEIVER*****46*RCV1
  HL*1**20*1
  PRV*BI*PXC*251S00000X
  NM1*85*2*EXAMPLE CLINIC*****XX*1234567893
}
set member837 {
  HL*2*1*22*0
  SBR*P*18*******MC
  NM1*IL*1*SUBSCRIBER*ANN****MI*M1
  DMG*D8*19900303*F
  NM1*PR*2*EXAMPLE PAYER*****PI*PAYER1
}
# One claim of one line.
set claim837 {
  CLM*C1*100***11:B:1*Y*A*Y*Y
  HI*ABK:F200*ABF:F1020
  NM1*82*1*CLINICIAN*A****XX*1000000004
  PRV*PE*PXC*101YM0800X
  LX*1
  SV1*HC:H2040*100*UN*1***1
  DTP*472*D8*20260105
}
set head835 {
  BPR*I*80*C*ACH*CCP*01*111*DA*33*1234567890**01*111*DA*22*20260201
  TRN*1*EFT1*1234567890
  DTM*405*20260131
  N1*PR*EXAMPLE PAYER*XV*PAYER1
  N1*PE*EXAMPLE CLINIC*XX*1234567893
  LX*1
}

# A query over the one table that a text gives; @x12 is the text.
proc claims {columns text {where 1}} { db eval "SELECT $columns FROM h2040_837p(@text) WHERE $where" }
proc payments {columns text {where 1}} { db eval "SELECT $columns FROM h2040_835(@text) WHERE $where" }
