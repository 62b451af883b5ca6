using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Google.Protobuf;

namespace Delegation.Contracts.Regulation;

/// <summary>What the journal says of the regulatory checklist, to both sides.</summary>
internal static class RegulationJournal
{
    public static JournalEvent Answered(SharedDelegation delegation, QuestionnaireRow row, DelegationRegimes regimes) =>
        Of(delegation, "regulatory_questionnaire", row.Id, row.Revision, new QuestionnaireAnswered { Regimes = regimes });

    public static JournalEvent Recorded(SharedDelegation delegation, EvidenceRow row) =>
        Of(delegation, "requirement_evidence", row.Id, row.Revision, new EvidenceRecorded { Evidence = row.ToMessage(delegation.Id) });

    public static JournalEvent Withdrawn(SharedDelegation delegation, EvidenceRow row) =>
        Of(delegation, "requirement_evidence", row.Id, row.Revision, new EvidenceWithdrawn { Evidence = row.ToMessage(delegation.Id) });

    public static JournalEvent Set(SharedDelegation delegation, ExceptionRow row) =>
        Of(delegation, "requirement_exception", row.Id, 1, new RequirementExceptionSet { RequirementException = row.ToMessage(delegation.Id) });

    public static JournalEvent Cleared(SharedDelegation delegation, ExceptionRow row) =>
        Of(delegation, "requirement_exception", row.Id, 2, new RequirementExceptionCleared { RequirementException = row.ToMessage(delegation.Id) });

    private static JournalEvent Of(SharedDelegation delegation, string objectType, Guid objectId, long revision, IMessage happened) => new(
        delegation.InsurerId, delegation.Id, delegation.DelegateId, Visibility.Both, objectType, objectId, revision, happened);
}
