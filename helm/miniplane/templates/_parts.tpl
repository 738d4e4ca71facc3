{{/* Labels of every object; the root context. */}}
{{- define "miniplane.labels" -}}
app.kubernetes.io/part-of: miniplane
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* The name of an image; a list of the root context and the image's values. */}}
{{- define "miniplane.image" -}}
{{- $root := index . 0 }}
{{- $image := index . 1 }}
{{- with $image.registry }}{{ . }}/{{ end }}
{{- $image.repository }}:{{ $image.tag | default $root.Chart.AppVersion }}
{{- with $image.digest }}@{{ . }}{{ end }}
{{- end }}

{{/* What the restricted standard asks of a pod, and of whom it runs as. */}}
{{- define "miniplane.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "miniplane.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* The rules of one role of files/rbac.yaml, which the operator's own tests prove; a list of the root context and the role's name. */}}
{{- define "miniplane.rules" -}}
{{- $name := index . 1 }}
{{- range splitList "\n---\n" ((index . 0).Files.Get "files/rbac.yaml") }}
{{- $object := fromYaml . }}
{{- if and (hasKey $object "rules") (eq $object.metadata.name $name) }}
{{- toYaml $object.rules }}
{{- end }}
{{- end }}
{{- end }}

{{- define "miniplane.operatorSubject" -}}
- kind: ServiceAccount
  name: miniplane-operator
  namespace: {{ .Release.Namespace }}
{{- end }}

{{/* Where the backend of helm test is made: in the release's namespace if the operator looks there, else in the first where it does. */}}
{{- define "miniplane.testNamespace" -}}
{{- $watched := .Values.namespaces }}
{{- if or (not $watched) (has .Release.Namespace $watched) }}{{ .Release.Namespace }}{{ else }}{{ first $watched }}{{ end }}
{{- end }}
