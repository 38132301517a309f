#!/usr/bin/env bash
# Rendered by 'trainyard deploy emr --target emr' from demo.yaml: change that file, and render again.
# Starts a cluster that ends with the job. On a cluster that runs already:
#   aws emr add-steps --cluster-id CLUSTER --steps file://steps.json
set -euo pipefail
cd "$(dirname "$0")"
aws emr create-cluster \
  --name demo \
  --release-label emr-7.12.0 \
  --applications Name=Spark \
  --service-role EMR_DefaultRole_V2 \
  --ec2-attributes '{"InstanceProfile":"EMR_EC2_DefaultRole"}' \
  --instance-groups '[{"Name":"primary","InstanceGroupType":"MASTER","InstanceType":"m5.2xlarge","InstanceCount":1},{"Name":"core","InstanceGroupType":"CORE","InstanceType":"m5.2xlarge","InstanceCount":3}]' \
  --configurations '[{"Classification":"delta-defaults","Properties":{"delta.enabled":"true"}}]' \
  --log-uri s3://bucket/logs \
  --tags for-use-with-amazon-emr-managed-policies=true \
  --steps file://steps.json \
  --auto-terminate
