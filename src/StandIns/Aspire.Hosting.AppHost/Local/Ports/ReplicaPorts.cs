using System.Globalization;

namespace Aspire.Hosting.Local.Ports;

/// <summary>The ports that one process of a resource listens on.</summary>
internal sealed class ReplicaPorts
{
    private readonly List<(string Endpoint, string Placeholder, PortReservation Reservation)> _ports = [];

    /// <summary>Whether connections may be sent to the process.</summary>
    public bool IsRunning { get; set; }

    public IReadOnlyDictionary<string, int> ByEndpoint => _ports.ToDictionary(port => port.Endpoint, port => port.Reservation.Port);

    public void Add(string endpoint, string placeholder, PortReservation reservation) => _ports.Add((endpoint, placeholder, reservation));

    /// <summary>Puts the ports into text that was made for all replicas.</summary>
    public string FillIn(string text) => _ports.Aggregate(text, (filled, port) =>
        filled.Replace(port.Placeholder, port.Reservation.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    /// <summary>Lets the process bind to its ports.</summary>
    public void HandOver() => _ports.ForEach(port => port.Reservation.HandOver());
}
