using Npgsql;

namespace Delegation.Persistence.Tenancy;

/// <summary>
/// A transaction of what runs without a caller: followers, schedules, sealing. Its role sees what named policies show it, of all
/// organisations.
/// </summary>
public sealed class SystemSession : DatabaseSession
{
    internal SystemSession(NpgsqlConnection connection, NpgsqlTransaction transaction)
        : base(connection, transaction, parties: null)
    {
    }

    /// <summary>From the next statement on, what is written is in the name of an organisation: that of the entry being applied.</summary>
    public void ActFor(Guid organizationId) => ActFor(organizationId, person: null);
}
