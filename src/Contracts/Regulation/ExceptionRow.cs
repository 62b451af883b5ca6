using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Contracts.V1.RequirementException.Types.Kind;

namespace Delegation.Contracts.Regulation;

/// <summary>An exception as the database keeps it.</summary>
internal sealed record ExceptionRow(Guid Id, string RequirementId, string Kind, string Motive, DateOnly? UntilDay, Guid PersonId, DateTime CreateTime)
{
    public RequirementException ToMessage(Guid delegationId) => new()
    {
        Id = Id.ToString(),
        DelegationId = delegationId.ToString(),
        RequirementId = RequirementId,
        Kind = StoredNames.Read<Kind>(Kind),
        Motive = Motive,
        UntilDay = DayField.Write(UntilDay),
        PersonId = PersonId.ToString(),
        CreateTime = Timestamp.FromDateTime(CreateTime),
    };
}
