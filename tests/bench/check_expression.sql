CASE
  WHEN trim(upper(hcpcs_code)) NOT IN ('H2040', 'H2O40', 'H204O', 'H2O4O', 'HZ040') THEN NULL
  ELSE '[' || substr(
       CASE WHEN trim(upper(hcpcs_code)) <> 'H2040' THEN ',"code.malformed"' ELSE '' END
    || CASE WHEN date(service_date, '+0 days') = service_date AND service_date < '2023-10-01'
            THEN ',"code.not_effective"' ELSE '' END
    || CASE WHEN units IS NULL OR CAST(units AS INTEGER) <> units OR units < 1 THEN ',"unit.not_whole"' ELSE '' END
    || CASE WHEN units >= 2 AND (units = CAST(duration_minutes / 15.0 + 0.5 AS INTEGER)
                              OR units = CAST(duration_minutes / 60.0 + 0.5 AS INTEGER))
            THEN ',"unit.time_based"' ELSE '' END
    || CASE WHEN date(service_date, '+0 days') IS NOT service_date THEN ',"date.malformed"' ELSE '' END
    || CASE WHEN date(service_date, '+0 days') = service_date
             AND julianday(received_date) - julianday(service_date) > 365 THEN ',"date.untimely"' ELSE '' END
    || CASE WHEN trim(coalesce(rendering_taxonomy, '')) = '' THEN ',"provider.missing"'
            WHEN substr(rendering_taxonomy, 1, 4) IN ('101Y', '103T', '103K', '106E', '106S', '1041', '106H', '373H',
                                                      '225X', '225C', '171M', '172V', '175T', '251S', '251C')
              OR substr(rendering_taxonomy, 1, 5) = '2084P'
              OR substr(rendering_taxonomy, 1, 3) IN ('320', '323')
              OR substr(rendering_taxonomy, 1, 7) IN ('163WP08', '363LP08', '261QM08') THEN ''
            ELSE ',"provider.not_eligible"' END
    || CASE WHEN rendering_npi GLOB '[12][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
             AND (24 + substr('0246813579', 1 + substr(rendering_npi, 1, 1), 1) + substr(rendering_npi, 2, 1)
                     + substr('0246813579', 1 + substr(rendering_npi, 3, 1), 1) + substr(rendering_npi, 4, 1)
                     + substr('0246813579', 1 + substr(rendering_npi, 5, 1), 1) + substr(rendering_npi, 6, 1)
                     + substr('0246813579', 1 + substr(rendering_npi, 7, 1), 1) + substr(rendering_npi, 8, 1)
                     + substr('0246813579', 1 + substr(rendering_npi, 9, 1), 1) + substr(rendering_npi, 10, 1)) % 10 = 0
            THEN '' ELSE ',"provider.npi_invalid"' END
    || CASE WHEN trim(coalesce(diagnosis_codes, '')) = '' THEN ',"diagnosis.missing"'
            ELSE CASE WHEN diagnosis_codes GLOB '[A-Z][0-9][0-9AB]*' THEN '' ELSE ',"diagnosis.malformed"' END
              || CASE WHEN diagnosis_codes GLOB '[A-Z][0-9][0-9AB]*'
                       AND (substr(diagnosis_codes, 1, 3) BETWEEN 'F10' AND 'F48'
                         OR substr(diagnosis_codes, 1, 3) BETWEEN 'F50' AND 'F99'
                         OR substr(diagnosis_codes, 1, 3) BETWEEN 'Q90' AND 'Q99'
                         OR substr(diagnosis_codes, 1, 3) = 'G80')
                      THEN '' ELSE ',"diagnosis.not_qualifying"' END END
    || CASE WHEN modifier_1 IS NOT NULL AND modifier_1 NOT GLOB '[A-Z0-9][A-Z0-9]'
              OR modifier_2 IS NOT NULL AND modifier_2 NOT GLOB '[A-Z0-9][A-Z0-9]' THEN ',"modifier.malformed"' ELSE '' END
    || CASE WHEN modifier_1 GLOB '[A-Z0-9][A-Z0-9]' AND NOT EXISTS (SELECT 1 FROM modifier WHERE modifier = modifier_1)
              OR modifier_2 GLOB '[A-Z0-9][A-Z0-9]' AND NOT EXISTS (SELECT 1 FROM modifier WHERE modifier = modifier_2)
            THEN ',"modifier.unknown"' ELSE '' END
    || CASE WHEN EXISTS (SELECT 1 FROM modifier WHERE modifier IN (modifier_1, modifier_2)
                            AND service_date NOT BETWEEN added AND terminated
                            AND date(service_date, '+0 days') = service_date)
            THEN ',"modifier.not_effective"' ELSE '' END
    || CASE WHEN EXISTS (SELECT 1 FROM modifier WHERE modifier IN (modifier_1, modifier_2) AND NOT accepted
                            AND NOT (service_date NOT BETWEEN added AND terminated
                                     AND date(service_date, '+0 days') = service_date))
            THEN ',"modifier.not_accepted"' ELSE '' END
    || CASE WHEN modifier_1 = modifier_2 THEN ',"modifier.duplicate"' ELSE '' END
    || CASE WHEN modifier_1 <> modifier_2
             AND (modifier_1 IN ('GT', '95', '93', 'FQ', 'GQ') AND modifier_2 IN ('GT', '95', '93', 'FQ', 'GQ')
               OR modifier_1 IN ('59', 'XE', 'XP', 'XS', 'XU') AND modifier_2 IN ('59', 'XE', 'XP', 'XS', 'XU')
               OR modifier_1 IN ('76', '77') AND modifier_2 IN ('76', '77')
               OR modifier_1 IN ('HA', 'HB') AND modifier_2 IN ('HA', 'HB')
               OR modifier_1 IN ('HM', 'HN', 'HO', 'HP') AND modifier_2 IN ('HM', 'HN', 'HO', 'HP')
               OR modifier_1 IN ('HR', 'HS') AND modifier_2 IN ('HR', 'HS')
               OR modifier_1 IN ('TF', 'TG') AND modifier_2 IN ('TF', 'TG')) THEN ',"modifier.conflict"' ELSE '' END
    || CASE WHEN place_of_service IN ('02', '10')
             AND coalesce(modifier_1, '') NOT IN ('GT', '95', '93', 'FQ')
             AND coalesce(modifier_2, '') NOT IN ('GT', '95', '93', 'FQ') THEN ',"modifier.telehealth_missing"' ELSE '' END
    || CASE WHEN place_of_service NOT IN ('02', '10')
             AND place_of_service IN (SELECT place_of_service FROM place)
             AND (modifier_1 IN ('GT', '95', '93', 'FQ') OR modifier_2 IN ('GT', '95', '93', 'FQ'))
            THEN ',"modifier.telehealth_place"' ELSE '' END
    || CASE WHEN place_of_service IN ('13', '14', '33', '54', '55', '56')
             AND coalesce(modifier_1, '') <> 'U1' AND coalesce(modifier_2, '') <> 'U1'
            THEN ',"modifier.setting_missing"' ELSE '' END
    || CASE WHEN place_of_service NOT IN ('13', '14', '33', '54', '55', '56')
             AND place_of_service IN (SELECT place_of_service FROM place)
             AND (modifier_1 = 'U1' OR modifier_2 = 'U1') THEN ',"modifier.setting_place"' ELSE '' END
    || CASE WHEN place_of_service IN (SELECT place_of_service FROM place) THEN '' ELSE ',"place.unknown"' END
    || CASE WHEN date(note_date, '+0 days') IS NOT note_date THEN ',"documentation.no_date"' ELSE '' END
    || CASE WHEN date(note_date, '+0 days') = note_date AND date(service_date, '+0 days') = service_date
             AND note_date <> service_date THEN ',"documentation.date_mismatch"' ELSE '' END
    || CASE WHEN duration_minutes > 0 THEN '' ELSE ',"documentation.no_duration"' END
    || CASE WHEN lower(trim(coalesce(purpose, ''))) IN ('', 'n/a', 'na', 'none', 'nil', 'null', 'tbd', 'pending',
              'unknown', '-', '--', '.', '?', 'x') THEN ',"documentation.no_purpose"' ELSE '' END
    || CASE WHEN lower(trim(coalesce(plan_goal, ''))) IN ('', 'n/a', 'na', 'none', 'nil', 'null', 'tbd', 'pending',
              'unknown', '-', '--', '.', '?', 'x') THEN ',"documentation.no_goal_link"' ELSE '' END
    || CASE WHEN lower(trim(coalesce(activities, ''))) IN ('', 'n/a', 'na', 'none', 'nil', 'null', 'tbd', 'pending',
              'unknown', '-', '--', '.', '?', 'x') THEN ',"documentation.no_activities"' ELSE '' END
    || CASE WHEN lower(trim(coalesce(client_response, ''))) IN ('', 'n/a', 'na', 'none', 'nil', 'null', 'tbd',
              'pending', 'unknown', '-', '--', '.', '?', 'x') THEN ',"documentation.no_response"' ELSE '' END
    || CASE WHEN lower(trim(coalesce(progress, ''))) IN ('', 'n/a', 'na', 'none', 'nil', 'null', 'tbd', 'pending',
              'unknown', '-', '--', '.', '?', 'x') THEN ',"documentation.no_progress"' ELSE '' END
    || CASE WHEN lower(trim(coalesce(next_steps, ''))) IN ('', 'n/a', 'na', 'none', 'nil', 'null', 'tbd', 'pending',
              'unknown', '-', '--', '.', '?', 'x') THEN ',"documentation.no_next_steps"' ELSE '' END
    , 2) || ']'
END
