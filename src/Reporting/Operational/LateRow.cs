using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Reporting.Operational;

/// <summary>A late operation as the database keeps it.</summary>
internal sealed record LateRow(int Place, string Reference, DateOnly StartDay, DateTime? StartTime, DateOnly? StopDay, DateTime? StopTime, long? ElapsedHundredths)
{
    public LateOperation ToMessage()
    {
        var message = new LateOperation
        {
            Reference = Reference,
            StartDay = DayField.Write(StartDay),
            StartTime = Instant(StartTime),
            StopDay = DayField.Write(StopDay),
            StopTime = Instant(StopTime),
        };
        if (ElapsedHundredths is { } elapsed)
            message.ElapsedHundredths = elapsed;

        return message;
    }

    private static Timestamp? Instant(DateTime? time) => time is { } known ? Timestamp.FromDateTime(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;
}
