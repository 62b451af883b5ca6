using Delegation.Persistence.Stored;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Reporting.Technical;

/// <summary>A figure of the insurer's own accounts, as the table <c>technical_input</c> has it.</summary>
internal sealed record TechnicalInputRow(Guid Id, Guid DelegationId, string Kind, int Year, DateOnly? ValuationDay, long Amount, DateTime RecordTime)
{
    public const string Provision = "provision";
    public const string ManagementCosts = "management_costs";
    public const string Contributions = "contributions";

    public TechnicalInput ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        Kind = StoredNames.Read<TechnicalInput.Types.Kind>(Kind),
        Year = Year,
        ValuationDay = DayField.Write(ValuationDay),
        Amount = Amount,
        RecordTime = Timestamp.FromDateTime(RecordTime),
    };
}
