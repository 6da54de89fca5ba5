#include "database/questions/profile_counts.h"

namespace headwater::database {
namespace {

void CountStance(v1::Stance stance, v1::ProfileCounts* counts) {
  switch (stance) {
    case v1::STANCE_ASSERTS:
      return counts->set_asserts(counts->asserts() + 1);
    case v1::STANCE_DENIES:
      return counts->set_denies(counts->denies() + 1);
    case v1::STANCE_DOUBTS:
      return counts->set_doubts(counts->doubts() + 1);
    case v1::STANCE_ASKS:
      return counts->set_asks(counts->asks() + 1);
    case v1::STANCE_NO_COMMENT:
      return counts->set_no_comments(counts->no_comments() + 1);
    default:
      return counts->set_relays(counts->relays() + 1);
  }
}

void CountBasis(v1::Basis basis, v1::ProfileCounts* counts) {
  switch (basis) {
    case v1::BASIS_FIRST_HAND:
      return counts->set_first_hand(counts->first_hand() + 1);
    case v1::BASIS_SECOND_HAND:
      return counts->set_second_hand(counts->second_hand() + 1);
    default:
      return counts->set_basis_not_recorded(counts->basis_not_recorded() + 1);
  }
}

}  // namespace

bool IsOriginated(const records::Edge& edge) {
  return edge.basis == v1::BASIS_FIRST_HAND &&
         (edge.stance == v1::STANCE_ASSERTS || edge.stance == v1::STANCE_DENIES);
}

void CountAttribution(const records::Edge& edge, v1::WithdrawalKind fate,
                      v1::ProfileCounts* counts) {
  counts->set_attributions(counts->attributions() + 1);
  CountStance(edge.stance, counts);
  CountBasis(edge.basis, counts);
  counts->set_originated(counts->originated() + IsOriginated(edge));
  counts->set_citations(counts->citations() + static_cast<int64_t>(edge.cites.size()));
  counts->set_retracted(counts->retracted() + (fate == v1::WITHDRAWAL_KIND_RETRACTED));
  counts->set_corrected(counts->corrected() + (fate == v1::WITHDRAWAL_KIND_CORRECTED));
  counts->set_recording_errors(counts->recording_errors() +
                               (fate == v1::WITHDRAWAL_KIND_RECORDING_ERROR));
}

void CountDocument(v1::WithdrawalKind fate, v1::ProfileCounts* counts) {
  counts->set_documents(counts->documents() + 1);
  counts->set_documents_retracted(counts->documents_retracted() +
                                  (fate == v1::WITHDRAWAL_KIND_RETRACTED));
  counts->set_documents_corrected(counts->documents_corrected() +
                                  (fate == v1::WITHDRAWAL_KIND_CORRECTED));
  counts->set_documents_recorded_wrongly(counts->documents_recorded_wrongly() +
                                         (fate == v1::WITHDRAWAL_KIND_RECORDING_ERROR));
}

}  // namespace headwater::database
