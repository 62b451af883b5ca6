using Npgsql;

namespace Delegation.Persistence.Tenancy;

/// <summary>
/// A transaction for one caller, under the role for requests: it sees what the caller's organisation may see and no other row.
/// Its queries state their own party predicate all the same: the policy is the net, the predicate is the plan.
/// </summary>
public sealed class TenantSession : DatabaseSession
{
    internal TenantSession(NpgsqlConnection connection, NpgsqlTransaction transaction, Caller caller)
        : base(connection, transaction, new ActsFor(caller.OrganizationId, caller.PersonId, caller.Auditing)) => Caller = caller;

    /// <summary>Who called.</summary>
    public Caller Caller { get; }

    /// <summary>
    /// From the next statement on the caller acts for an organisation that came to be in this transaction: its founder, or who just
    /// joined it. The right to do so is for the caller of this method to know; <see cref="Caller"/> stays who it was.
    /// </summary>
    public void ActFor(Guid organizationId) => ActFor(organizationId, Caller.PersonId);
}
