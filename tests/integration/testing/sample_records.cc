#include "testing/sample_records.h"

namespace headwater::integration {
namespace {

constexpr const char* kSampleRecords[] =
    {
        R"pb(source {
               name: "sources/first"
               kind: SOURCE_KIND_NEWS_OUTLET
               display_name: "Báo Đầu Tiên"
               localized_names { language: "en" text: "The First" }
               aliases: "First"
               domains: "first.example"
               country: "VN"
               same_as: "http://www.wikidata.org/entity/Q1"
               reliability {
                 grade: RELIABILITY_GRADE_B
                 graded_by: "the desk"
                 graded_date: "2025-08"
                 note: "mostly right"
               }
               note: "seen\nby us"
               original {
                 format: "claim-review"
                 record: "{\"claimReviewed\": \"e\314\201\"}\r\n"
                 values { field: "published_date" value: "1. 8. 2025" }
               }
             })pb",
        R"pb(source {
               name: "sources/second"
               kind: SOURCE_KIND_PERSON
               display_name: "Second"
               part_of: "sources/first"
               owner: "sources/first"
             })pb",
        R"pb(source {
               name: "sources/unnamed"
               kind: SOURCE_KIND_ANONYMOUS
               display_name: "three people"
               known_distinct_from: "sources/second"
               collective { size: 3 }
             })pb",
        R"pb(source {
               name: "sources/recording"
               kind: SOURCE_KIND_EVIDENCE
               display_name: "A recording"
               evidence {
                 medium: EVIDENCE_MEDIUM_RECORDING
                 author: "sources/second"
                 custody: "the courier"
                 authenticated_by: "sources/first"
               }
             })pb",
        R"pb(document {
               name: "documents/other"
               publisher: "sources/first"
               title: "Another article"
               text: "Other words."
             })pb",
        R"pb(document {
               name: "documents/first"
               publisher: "sources/first"
               title: "An article"
               authors: "A. Writer"
               uri: "https://first.example/a"
               archive_uri: "https://keep.example/a"
               language: "vi"
               published_date: "2025-08-31"
               retrieved_time { seconds: 1756600000 }
               sha256: "e6ea8e3b0ac3b4a1f2bf1e6e0e0b9a8d5ac1d7b2f7b3ec02a9d3b1bb50a3b1ab"
               derived_from { document: "documents/other" kind: DERIVATION_KIND_ADAPTED }
               embargo {
                 until_time { seconds: 1756700000 }
                 note: "until noon"
               }
               withdrawal {
                 kind: WITHDRAWAL_KIND_CORRECTED
                 reason: "a wrong name"
                 withdrawn_date: "2025-09-01"
                 document: "documents/other"
                 uri: "https://first.example/correction"
               }
               note: "a remark"
               original {
                 format: "claim-review"
                 record: "{\"claimReviewed\": \"e\314\201\"}\r\n"
                 values { field: "published_date" value: "1. 8. 2025" }
               }
             })pb",
        R"pb(claim {
               name: "claims/other"
               text: "It is so."
               language: "en"
               nature: CLAIM_NATURE_FACT
             })pb",
        R"pb(claim {
               name: "claims/first"
               text: "It has 194 million users."
               language: "en"
               translations { language: "vi" text: "Có 194 triệu người dùng." }
               nature: CLAIM_NATURE_FACT
               about { name: "Huawei" uri: "http://www.wikidata.org/entity/Q160120" }
               subject_date: "2025-08"
               quantities {
                 property: "users"
                 value: "194000000"
                 unit: "people"
                 value_date: "2025-06"
               }
               tags: "users"
               note: "a remark"
               original {
                 format: "claim-review"
                 record: "{\"claimReviewed\": \"e\314\201\"}\r\n"
                 values { field: "published_date" value: "1. 8. 2025" }
               }
               credibility {
                 grade: CREDIBILITY_GRADE_2
                 graded_by: "the desk"
                 graded_date: "2025-09"
                 note: "it fits"
                 assessed_sequence: 1
               }
               embeddings { model: "floats" dimensions: 2 values: 0.5 values: -1 }
               embeddings { model: "bytes" dimensions: 2 int8_values: "\001\377" }
             })pb",
        R"pb(attribution {
               name: "claims/first/attributions/cited"
               source: "sources/unnamed"
               stance: STANCE_ASSERTS
               document: "documents/first"
               basis: BASIS_FIRST_HAND
             })pb",
        R"pb(attribution {
               name: "claims/first/attributions/first"
               source: "sources/first"
               stance: STANCE_DENIES
               document: "documents/first"
               basis: BASIS_SECOND_HAND
               said_date: "2025-08-30"
               cites { attribution: "claims/first/attributions/cited" stance: STANCE_ASSERTS }
               quote {
                 exact: "three people"
                 prefix: "said"
                 suffix: "who"
                 position { start: 4 end: 16 }
                 form: QUOTE_FORM_DIRECT
                 cue: "according to"
               }
               denial { extent: DENIAL_EXTENT_PART part: "the number" }
               hedges: "reportedly"
               terms: TERMS_BACKGROUND
               could_not_verify: true
               note: "a remark"
               original {
                 format: "claim-review"
                 record: "{\"claimReviewed\": \"e\314\201\"}\r\n"
                 values { field: "published_date" value: "1. 8. 2025" }
               }
               withdrawal {
                 kind: WITHDRAWAL_KIND_RECORDING_ERROR
                 reason: "misread"
                 withdrawn_date: "2025-09-02"
                 document: "documents/other"
                 uri: "https://first.example/our-error"
               }
             })pb",
        R"pb(attribution {
               name: "claims/first/attributions/silent"
               source: "sources/second"
               stance: STANCE_NO_COMMENT
               document: "documents/first"
               no_comment {
                 form: NO_COMMENT_FORM_NO_REPLY
                 asked_by: "sources/first"
                 asked_date: "2025-08-29"
               }
               cites { source: "sources/unnamed" }
             })pb",
        R"pb(relation {
               name: "claims/first/relations/first"
               kind: RELATION_KIND_NARROWS
               target: "claims/other"
               state: RELATION_STATE_CONFIRMED
               suggested_by: "a program"
               confirmed_by: "the desk"
               confirm_time { seconds: 1756600000 }
               note: "a remark"
               original {
                 format: "claim-review"
                 record: "{\"claimReviewed\": \"e\314\201\"}\r\n"
                 values { field: "published_date" value: "1. 8. 2025" }
               }
             })pb",
        R"pb(relation {
               name: "claims/first/relations/refused"
               kind: RELATION_KIND_SAME_AS
               target: "claims/other"
               state: RELATION_STATE_REFUSED
               suggested_by: "a program"
               refused_by: "the desk"
               refuse_time { seconds: 1756600000 }
             })pb",
        R"pb(review {
               name: "claims/first/reviews/first"
               author: "sources/first"
               title: "We looked"
               uri: "https://check.example/1"
               published_date: "2025-09-03"
               language: "en"
               claim_reviewed: "It has 194 million users"
               rating {
                 alternate_name: "Mostly true"
                 value: 4
                 best: 5
                 worst: 1
                 explanation: "nearly"
               }
               item_reviewed {
                 author: "somebody"
                 published_date: "2025-08"
                 first_appearance: "https://a.example/1"
                 appearances: "https://a.example/2"
               }
               note: "a remark"
               original {
                 format: "claim-review"
                 record: "{\"claimReviewed\": \"e\314\201\"}\r\n"
                 values { field: "published_date" value: "1. 8. 2025" }
               }
             })pb",
};

}  // namespace

absl::Span<const char* const> SampleRecords() { return kSampleRecords; }

}  // namespace headwater::integration
