namespace Delegation.Persistence.Provisioning;

/// <summary>The four database roles of a service, named after it. None is superuser or bypasses row-level security.</summary>
public sealed record ServiceRoles
{
    /// <summary>Names the roles.</summary>
    /// <param name="service">Lowercase letters, digits and underscores, at most 40.</param>
    /// <exception cref="ArgumentException">The name has another form.</exception>
    public ServiceRoles(string service) => Request = PlainName.Checked(service, maximumLength: 40);

    /// <summary>Owns everything in the database and cannot log in; migrations run under it.</summary>
    public string Owner => Request + "_owner";

    /// <summary>Serves requests; its name is that of the service.</summary>
    public string Request { get; }

    /// <summary>Does what runs without a caller: followers, schedules, sealing.</summary>
    public string System => Request + "_system";

    /// <summary>Reads for auditors and can do nothing else; it cannot log in: a session for requests takes it on for a transaction.</summary>
    public string Auditor => Request + "_auditor";
}
