using System.Diagnostics;
using System.Globalization;
using OpenTelemetry;

namespace Delegation.ServiceDefaults.Telemetry;

/// <summary>Gives the spans of the gRPC client, which all have one name, their names and standard attributes.</summary>
internal sealed class GrpcClientSpans : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.OperationName != "Grpc.Net.Client.GrpcOut" || data.GetTagItem("grpc.method") is not string method)
            return;
        var status = data.GetTagItem("grpc.status_code") as string;
        GrpcSpan.Describe(data, method);
        if (int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            GrpcSpan.SetStatus(data, code, isError: code != 0);
    }
}
