using System.Text.RegularExpressions;

namespace Delegation.Persistence.Provisioning;

/// <summary>
/// The database of a service and its three roles, all named after the service. None is superuser or bypasses row-level security.
/// </summary>
public sealed partial record ServiceRoles
{
    /// <summary>Names database and roles.</summary>
    /// <param name="service">Lowercase letters, digits and underscores, at most 40: it becomes part of SQL identifiers.</param>
    /// <exception cref="ArgumentException">The name has another form.</exception>
    public ServiceRoles(string service)
    {
        if (!PlainName().IsMatch(service))
            throw new ArgumentException($"'{service}' cannot name a database: use lowercase letters, digits and underscores, at most 40.", nameof(service));

        Request = service;
    }

    /// <summary>The database, named as the service.</summary>
    public string Database => Request;

    /// <summary>Owns everything in the database and cannot log in; migrations run under it.</summary>
    public string Owner => Request + "_owner";

    /// <summary>Serves requests.</summary>
    public string Request { get; }

    /// <summary>Does what runs without a caller: followers, schedules, sealing.</summary>
    public string System => Request + "_system";

    // Names of this form need no quoting, whatever the SQL around them.
    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();
}
